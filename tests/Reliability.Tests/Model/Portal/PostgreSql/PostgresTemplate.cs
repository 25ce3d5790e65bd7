using Core.Storage;
using Core.Storage.PostgreSql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Support;

namespace Reliability.Tests.Model.Portal.PostgreSql;

/// <summary>Databases of one server, copied by it. Nodes ask it one after another, so that a schedule is the same story every time.</summary>
internal sealed class PostgresTemplate : Template
{
    private const string Name = "model";

    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly PostgresServer _server = PostgresServer.SharedAsync().GetAwaiter().GetResult();
    private int _copies;

    public PostgresTemplate()
    {
        Query($"create database {Name}");
        Make(Connection(Name) + ";Pooling=false");
    }

    public override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public override void Watch(IServiceCollection services, World world, Life life)
    {
        services.ConfigureDbContext<PostgresPortalDb>(options => options.AddInterceptors(new CommitPoints(life), new Readings(world, life)));
        services.AddSingleton<PortalStore>(s => new StoreInTurn(s.GetRequiredService<IDbContextFactory<PostgresPortalDb>>(), world, life));
        // Encryption keys are read without await, which would block the only thread and take no turn.
        services.AddSingleton<IDataProtectionProvider>(_protection);
        services.Remove(services.Single(s => s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) is true && s.ServiceType == typeof(IHostedService)));
        // What nodes tell each other arrives when the story says so, or not at all.
        services.Remove(services.Single(s => s.ImplementationType == typeof(ListenForChanges)));
        services.AddHostedService(s => new Grapevine(world, life, s.GetRequiredService<ChangeFeed>(), s.GetRequiredService<TimeProvider>()));
    }

    public override string Copy()
    {
        var name = $"{Name}_{++_copies}";
        Query($"create database {name} template {Name}");
        return Connection(name);
    }

    public override void Delete(string copy)
    {
        NpgsqlConnection.ClearAllPools();
        _server.DropDatabaseAsync(new NpgsqlConnectionStringBuilder(copy).Database!).GetAwaiter().GetResult();
    }

    private string Connection(string name) => _server.ConnectionString(name) + ";SSL Mode=Disable";

    private void Query(string sql) => _server.QueryAsync("postgres", sql).GetAwaiter().GetResult();
}
