using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TypedDrafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TypedDrafts");
        }
    }
}
