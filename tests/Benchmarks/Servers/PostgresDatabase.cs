using System.Globalization;
using Support;

namespace Benchmarks.Servers;

/// <summary>One database of the PostgreSQL that this process runs.</summary>
internal sealed class PostgresDatabase : Database
{
    // With the settings it comes with: every commit is on disk.
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync(durable: true));

    private readonly PostgresServer _server;
    private readonly string _name;

    private PostgresDatabase(PostgresServer server, string name) => (_server, _name) = (server, name);

    public override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Portal"] = _server.ConnectionString(_name),
        };

    public static async Task<PostgresDatabase> CreateAsync(string template = "template0")
    {
        var server = await Server.Value;
        return new(server, await server.CopyAsync(template));
    }

    public override async Task<long> NumberAsync(string sql) => long.Parse(await _server.QueryAsync(_name, sql), CultureInfo.InvariantCulture);

    public override async Task FillAsync(IEnumerable<string> statements)
    {
        var all = string.Join(";\n", statements);
        // The ids that were given by hand must not be given again.
        await _server.QueryAsync(
            _name,
            $$"""
            set synchronous_commit = off; set session_replication_role = replica;
            begin;
            {{all}};
            commit;
            do $$ declare r record; begin
              for r in select table_name t, column_name c from information_schema.columns
                       where table_schema = 'public' and (is_identity = 'YES' or column_default like 'nextval%') loop
                execute format('select setval(pg_get_serial_sequence(%L, %L), greatest((select coalesce(max(%I), 1) from %I), 1))', quote_ident(r.t), r.c, r.c, r.t);
              end loop;
            end $$;
            analyze; checkpoint;
            """
        );
    }

    public override async Task<Database> CopyAsync() => await CreateAsync(_name);

    public override async ValueTask DisposeAsync() => await _server.DropDatabaseAsync(_name);
}
