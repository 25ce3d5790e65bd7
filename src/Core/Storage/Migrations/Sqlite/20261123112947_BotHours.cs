using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BotHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_Bots_Name_Id",
                table: "Bots",
                columns: new[] { "Name", "Id" });

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
                name: "BotHours");

            migrationBuilder.DropIndex(
                name: "IX_Bots_Name_Id",
                table: "Bots");
        }
    }
}
