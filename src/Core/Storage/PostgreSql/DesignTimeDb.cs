using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Core.Storage.PostgreSql;

/// <summary>For <c>dotnet ef</c> alone: migrations are written without starting the portal.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<PostgresPortalDb>
{
    public PostgresPortalDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresPortalDb>().UseNpgsql("Host=127.0.0.1;Database=portal").Options);
}
