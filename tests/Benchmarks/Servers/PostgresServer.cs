using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks.Servers;

/// <summary>
/// A PostgreSQL of its own with the settings it comes with, so every commit is on disk (<c>synchronous_commit</c>, <c>fsync</c>). It refuses
/// to run as root, so it runs as user <c>postgres</c>; it ends with this process.
/// </summary>
internal sealed class PostgresServer
{
    private const string Programs = "/usr/lib/postgresql/15/bin/";

    private static PostgresServer? _running;

    private readonly string _folder;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    /// <summary>The server of this process, started when it is first asked for.</summary>
    public static async Task<PostgresServer> RunningAsync()
    {
        if (_running is not null)
            return _running;
        var folder = Directory.CreateTempSubdirectory("portal-postgres-").FullName;
        var server = new PostgresServer(folder, FreePort());
        await RunAsync("chown", ["postgres", folder]);
        await AsPostgresAsync("initdb", "--no-sync", "-D", $"{folder}/data", "-A", "trust", "-E", "UTF8");
        await AsPostgresAsync("pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o", $"-p {server.Port} -k {folder} -c listen_addresses=127.0.0.1", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.StopAsync().Wait();
        return _running = server;
    }

    /// <summary>What a query answers, read by the server's own client.</summary>
    public Task<string> AskAsync(string database, string sql) =>
        RunAsync(Programs + "psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Text(Port), "-U", "postgres", "-d", database], sql);

    private async Task StopAsync()
    {
        await AsPostgresAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    // A server that goes on keeps the output of pg_ctl open, so that waiting for its end would be waiting for the server's.
    private static Task<string> AsPostgresAsync(string program, params string[] arguments) =>
        RunAsync("runuser", ["-u", "postgres", "--", "sh", "-c", "exec \"$0\" \"$@\" >/dev/null", Programs + program, .. arguments], directory: "/tmp");

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input = null, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = directory ?? Environment.CurrentDirectory,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
