using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Core.Storage.Migrations.PostgreSql
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
