using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AdminDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ConversationId",
                table: "UnknownSites",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SiteEvidence",
                table: "Turns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AddedAt",
                table: "SiteRules",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BotChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BotCheckups",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Found = table.Column<string>(type: "TEXT", nullable: false),
                    Differences = table.Column<string>(type: "TEXT", nullable: false),
                    Attention = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotCheckups", x => x.BotId);
                });

            migrationBuilder.CreateTable(
                name: "BotHours",
                columns: table => new
                {
                    Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    BotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Messages = table.Column<int>(type: "INTEGER", nullable: false),
                    Turns = table.Column<int>(type: "INTEGER", nullable: false),
                    HandedOver = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotHours", x => new { x.Hour, x.BotId });
                });

            migrationBuilder.CreateTable(
                name: "TypedDrafts",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Protected = table.Column<string>(type: "TEXT", nullable: false),
                    Writer = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TypedDrafts", x => x.BotId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Bots_Name_Id",
                table: "Bots",
                columns: new[] { "Name", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_BotChanges_BotId_Id",
                table: "BotChanges",
                columns: new[] { "BotId", "Id" });

            // What was dealt with before counts too.
            migrationBuilder.Sql(
                """
                insert into "BotHours" ("Hour", "BotId", "Messages", "Turns", "HandedOver")
                select t."EndedAt" / 3600000, t."BotId",
                    sum((select count(*) from "Deliveries" d where d."TurnId" = t."Id" and d."Status" = 'Handled')), count(*),
                    sum(case when exists (select 1 from "HandOvers" h where h."TurnId" = t."Id") then 1 else 0 end)
                from "Turns" t
                where t."EndedAt" is not null and (not t."Relayed" or t."Text" is not null)
                    and exists (select 1 from "Deliveries" d where d."TurnId" = t."Id" and d."Status" = 'Handled')
                group by t."EndedAt" / 3600000, t."BotId"
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BotChanges");

            migrationBuilder.DropTable(
                name: "BotCheckups");

            migrationBuilder.DropTable(
                name: "BotHours");

            migrationBuilder.DropTable(
                name: "TypedDrafts");

            migrationBuilder.DropIndex(
                name: "IX_Bots_Name_Id",
                table: "Bots");

            migrationBuilder.DropColumn(
                name: "ConversationId",
                table: "UnknownSites");

            migrationBuilder.DropColumn(
                name: "SiteEvidence",
                table: "Turns");

            migrationBuilder.DropColumn(
                name: "AddedAt",
                table: "SiteRules");
        }
    }
}
