using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Core.Storage.Migrations.PostgreSql
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SiteEvidence",
                table: "Turns",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AddedAt",
                table: "SiteRules",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BotChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Fields = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BotCheckups",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: true),
                    NextAt = table.Column<long>(type: "bigint", nullable: false),
                    Found = table.Column<string>(type: "text", nullable: false),
                    Differences = table.Column<string>(type: "text", nullable: false),
                    Attention = table.Column<string>(type: "text", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotCheckups", x => x.BotId);
                });

            migrationBuilder.CreateTable(
                name: "BotHours",
                columns: table => new
                {
                    Hour = table.Column<int>(type: "integer", nullable: false),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Messages = table.Column<int>(type: "integer", nullable: false),
                    Turns = table.Column<int>(type: "integer", nullable: false),
                    HandedOver = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotHours", x => new { x.Hour, x.BotId });
                });

            migrationBuilder.CreateTable(
                name: "TypedDrafts",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Protected = table.Column<string>(type: "text", nullable: false),
                    Writer = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
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
