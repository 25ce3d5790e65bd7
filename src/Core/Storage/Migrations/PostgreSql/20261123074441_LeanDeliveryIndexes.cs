using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class LeanDeliveryIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Deliveries_ConversationId_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Status_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_TurnId",
                table: "Deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_ConversationId_Id",
                table: "Deliveries",
                columns: new[] { "ConversationId", "Id" },
                filter: "\"ConversationId\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Received",
                table: "Deliveries",
                column: "Id",
                filter: "\"Status\" = 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_ReceivedOf",
                table: "Deliveries",
                columns: new[] { "BotId", "FreshchatConversationId" },
                filter: "\"Status\" = 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_TurnId",
                table: "Deliveries",
                column: "TurnId",
                filter: "\"TurnId\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Waiting",
                table: "Deliveries",
                column: "ConversationId",
                filter: "\"Status\" = 'Waiting'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Deliveries_ConversationId_Id",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Received",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_ReceivedOf",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_TurnId",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_Waiting",
                table: "Deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_ConversationId_Id",
                table: "Deliveries",
                columns: new[] { "ConversationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Status_Id",
                table: "Deliveries",
                columns: new[] { "Status", "Id" },
                filter: "\"Status\" in ('Received', 'Waiting')");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_TurnId",
                table: "Deliveries",
                column: "TurnId");
        }
    }
}
