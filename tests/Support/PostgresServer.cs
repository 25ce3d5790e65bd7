using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Support;

/// <summary>
/// A PostgreSQL server for tests: in a temporary folder, on a free port of loopback, without passwords.
/// It ends when it is disposed of or when the process that started it ends, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Why a test that needs PostgreSQL is skipped; null when the server's programs are there.</summary>
    public static string? Missing => Programs() is null ? "PostgreSQL is not installed; ./test installs it." : null;

    private const string Installed = "/usr/lib/postgresql";

    // The shell outlives a killed test: its input closes with the test process, however that ended. A background
    // process of a shell ignores Ctrl-C, and so does the shell, so that the folder is removed in every case.
    private const string Script = """
        trap '' INT TERM HUP
        folder=$(mktemp -d "${TMPDIR:-/tmp}/portal-postgres-XXXXXX") || exit 1
        trap 'rm -rf "$folder"' EXIT
        "$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >/dev/null || exit 1
        "$1/postgres" -D "$folder/data" -k "$folder" -h 127.0.0.1 -p "$2" -N 200 \
            -c log_checkpoints=off -c fsync="$3" -c synchronous_commit="$3" -c full_page_writes="$3" </dev/null &
        read -r _
        kill -INT $!
        wait $!
        """;

    private static readonly Lazy<Task<PostgresServer>> One = new(() => StartAsync());
    private static int _names;

    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _shell;

    private PostgresServer(Process shell, int port) => (_shell, Port) = (shell, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What it wrote, for the message of a test that failed.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>The one server of this test process, started when it is first asked for; nobody disposes of it.</summary>
    public static Task<PostgresServer> SharedAsync() => One.Value;

    /// <summary>Starts a server of one's own.</summary>
    /// <param name="durable">Commits reach the disk, as in production; otherwise the server is as quick as memory.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var programs = Programs() ?? throw new InvalidOperationException(Missing);
        // A free port may be taken between the look and the start.
        for (var attempt = 1; ; attempt++)
        {
            var server = new PostgresServer(Shell(programs, FreePort(), durable, out var port), port);
            if (await server.IsReadyAsync())
                return server;
            await server.DisposeAsync();
            if (attempt == 3)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{server.Output}");
        }
    }

    /// <summary>The connection string of one of its databases.</summary>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username=postgres";

    /// <summary>Makes an empty database and tells its connection string.</summary>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync("template1");

    /// <summary>Makes a copy of a database to which nobody is connected, and tells its name.</summary>
    public async Task<string> CopyAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref _names)}";
        await QueryAsync("postgres", $"create database {name} template {template}");
        return name;
    }

    /// <summary>Makes a database as a copy of <paramref name="template"/> and tells its connection string.</summary>
    /// <param name="template">A name for the template, in lower case.</param>
    /// <param name="prepare">Fills the template, given its connection string; called once. It must leave no connection open.</param>
    public async Task<string> CreateDatabaseAsync(string template, Func<string, Task> prepare)
    {
        await _templates.GetOrAdd(template, name => new(() => PrepareAsync(name, prepare))).Value;
        return await CreateDatabaseAsync(template);
    }

    /// <summary>Removes a database, whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string database) => QueryAsync("postgres", $"drop database if exists {database} with (force)");

    /// <summary>Asks a database; the answer has a line per row and its columns parted by tabs.</summary>
    public async Task<string> QueryAsync(string database, string sql)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Programs()!, "psql"),
            ["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Number(Port), "-U", "postgres", "-d", database]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var psql = Process.Start(start)!;
        var errors = psql.StandardError.ReadToEndAsync();
        await psql.StandardInput.WriteAsync(sql);
        psql.StandardInput.Close();
        var answer = await psql.StandardOutput.ReadToEndAsync();
        await psql.WaitForExitAsync();
        return psql.ExitCode == 0 ? answer.TrimEnd('\n') : throw new InvalidOperationException(await errors);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_shell.HasExited)
            _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private async Task<string> CreateDatabaseAsync(string template) => ConnectionString(await CopyAsync(template));

    private async Task PrepareAsync(string template, Func<string, Task> prepare)
    {
        await QueryAsync("postgres", $"create database {template}");
        await prepare(ConnectionString(template));
    }

    private async Task<bool> IsReadyAsync()
    {
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(object _, DataReceivedEventArgs line)
        {
            if (line.Data is not { } text)
                return;
            _output.Enqueue(text);
            if (text.Contains("ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult(true);
            else if (text.Contains("FATAL", StringComparison.Ordinal))
                ready.TrySetResult(false);
        }
        _shell.OutputDataReceived += Read;
        _shell.ErrorDataReceived += Read;
        _shell.Exited += (_, _) => ready.TrySetResult(false);
        _shell.EnableRaisingEvents = true;
        _shell.BeginOutputReadLine();
        _shell.BeginErrorReadLine();
        return await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static Process Shell(string programs, int free, bool durable, out int port)
    {
        port = free;
        string[] script = ["sh", "-c", Script, "sh", programs, Number(port), durable ? "on" : "off"];
        // PostgreSQL refuses to run as root.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. script] : script;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    // The newest, where several are installed.
    private static string? Programs() =>
        Directory.Exists(Installed)
            ? Directory
                .EnumerateDirectories(Installed)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "postgres")))
            : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
