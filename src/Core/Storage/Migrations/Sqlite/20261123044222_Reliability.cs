using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reliability : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Relayed",
                table: "Turns",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ContentType",
                table: "DeliveryPayloads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Signature",
                table: "DeliveryPayloads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Notice",
                table: "Replies",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BlockedByTurnId",
                table: "Conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_BlockedByTurnId",
                table: "Conversations",
                column: "BlockedByTurnId",
                filter: "\"BlockedByTurnId\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_LeaseOwner",
                table: "Conversations",
                column: "LeaseOwner",
                filter: "\"LeaseOwner\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_RoomHalted",
                table: "Conversations",
                column: "RoomHalted",
                filter: "\"RoomHalted\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_BlockedByTurnId",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_LeaseOwner",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_RoomHalted",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "Relayed",
                table: "Turns");

            migrationBuilder.DropColumn(
                name: "ContentType",
                table: "DeliveryPayloads");

            migrationBuilder.DropColumn(
                name: "Signature",
                table: "DeliveryPayloads");

            migrationBuilder.DropColumn(
                name: "Notice",
                table: "Replies");

            migrationBuilder.DropColumn(
                name: "BlockedByTurnId",
                table: "Conversations");
        }
    }
}
