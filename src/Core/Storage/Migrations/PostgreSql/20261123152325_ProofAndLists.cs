using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ProofAndLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_BotId_FreshchatId",
                table: "Conversations");

            migrationBuilder.CreateTable(
                name: "Rehearsals",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    BeganAt = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rehearsals", x => x.BotId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Dead",
                table: "Deliveries",
                column: "Id",
                filter: "\"Status\" = 'Dead'");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Unknown",
                table: "Deliveries",
                column: "FreshchatConversationId",
                filter: "\"Reason\" = 'unknown_action'");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_FreshchatId_BotId",
                table: "Conversations",
                columns: new[] { "FreshchatId", "BotId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_People",
                table: "Conversations",
                column: "LastEventAt",
                filter: "\"Owner\" = 'People'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Rehearsals");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Dead",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Unknown",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_FreshchatId_BotId",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_People",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_BotId_FreshchatId",
                table: "Conversations",
                columns: new[] { "BotId", "FreshchatId" },
                unique: true);
        }
    }
}
