using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SiteEvidence : Migration
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
