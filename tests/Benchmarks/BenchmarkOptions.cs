using System.Globalization;

namespace Benchmarks;

/// <summary>What a run was asked to do.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        Benchmarks ingest|ack|turns|growth|memory|pages|bots [options]
          --database sqlite|postgresql   default sqlite
          --runs N                       how often each figure is taken; the median counts
          --seconds N                    length of one run
          --rate N                       requests (ack) or turns (turns) a second
          --bot paused|live              ingest: what the bot of the account is meanwhile; default paused
          --echoes on|off                turns, ack: whether replies come back as signed webhooks; default on
          --folder PATH                  where databases and signed webhooks are kept; default a folder of the temporary ones
          --write                        renew the command's part of docs/performance.md
        """;

    private static readonly string[] Commands =
    [
        "ingest", "ack", "turns", "growth", "memory", "pages", "bots", "serve-reading", "serve-verifying", "serve-far-sides",
    ];

    public required string Command { get; init; }

    public bool PostgreSql { get; private set; }

    public int? Runs { get; private set; }

    public int? Seconds { get; private set; }

    public int? Rate { get; private set; }

    public bool BotLive { get; private set; }

    public bool Echoes { get; private set; } = true;

    public bool Write { get; private set; }

    public string Folder { get; private set; } = Path.Combine(Path.GetTempPath(), "portal-benchmarks");

    /// <summary>Name of the database for tables and markers.</summary>
    public string Database => PostgreSql ? "PostgreSQL" : "SQLite";

    /// <summary>The options; null with a fault that says what is wrong.</summary>
    public static BenchmarkOptions? Parse(string[] arguments, out string? fault)
    {
        fault = null;
        if (arguments.Length == 0 || !Commands.Contains(arguments[0]))
        {
            fault = "The first word must be a command.";
            return null;
        }
        var options = new BenchmarkOptions { Command = arguments[0] };
        for (var i = 1; i < arguments.Length; i++)
        {
            var value = arguments[i] is "--write" ? "" : i + 1 < arguments.Length ? arguments[++i] : null;
            if (value is not null && options.Set(arguments[i - (value.Length > 0 ? 1 : 0)], value))
                continue;
            fault = $"Not understood: {string.Join(' ', arguments[i..])}";
            return null;
        }
        return options;
    }

    private bool Set(string name, string value)
    {
        switch (name, value)
        {
            case ("--write", _):
                return Write = true;
            case ("--database", "sqlite" or "postgresql"):
                PostgreSql = value == "postgresql";
                return true;
            case ("--bot", "paused" or "live"):
                BotLive = value == "live";
                return true;
            case ("--echoes", "on" or "off"):
                Echoes = value == "on";
                return true;
            case ("--folder", _):
                Folder = Path.GetFullPath(value);
                return true;
        }
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            return false;
        switch (name)
        {
            case "--runs":
                Runs = number;
                return true;
            case "--seconds":
                Seconds = number;
                return true;
            case "--rate":
                Rate = number;
                return true;
            default:
                return false;
        }
    }
}
