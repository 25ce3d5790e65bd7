using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Core.Bots.Checks;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Webhooks;
using Portal.Authentication;
using Portal.Tests.Components;
using Portal.Webhooks;
using Sandbox;

namespace Portal.Tests.Hosting;

/// <summary>The table of settings in the contract and the code name the same settings with the same defaults, and the read-me names no others.</summary>
public sealed partial class DocumentedSettingsTests
{
    // Read key by key, without an options class.
    private static readonly string[] Single = ["Portal:PublicUrl", "Database:Provider", "ConnectionStrings:Portal", "Sandbox:Enabled", "Api:BootstrapKey"];

    // Described, and said to be missing in this version (portal.md 6).
    private static readonly string[] Later = ["Retention:Payloads", "Retention:Deliveries"];

    // The host decides, and the table says how.
    private static readonly string[] OfTheHost = ["Outbound:AllowHttpLoopback", "Freshchat:Regions", "Mammut:BaseUrl", "Authentication:Oidc:Authority", "Sandbox:PortalUrl"];

    private static readonly (string Section, object Options)[] Options =
    [
        (OutboundOptions.Section, new OutboundOptions()),
        (FreshchatOptions.Section, new FreshchatOptions()),
        (MammutOptions.Section, new MammutOptions()),
        (InboxOptions.Section, new InboxOptions()),
        (CheckOptions.Section, new CheckOptions()),
        (WebhookOptions.Section, new WebhookOptions()),
        (SandboxSettings.Section, new SandboxSettings()),
        (OidcSettings.Section, new OidcSettings()),
        (OidcSettings.Section + ":" + nameof(OidcSettings.Roles), new OidcSettings.RoleValues()),
    ];

    [Fact]
    public void Both_name_the_same_settings() =>
        Assert.Equal(Code.Keys.Concat(Single).Concat(Later).Order(StringComparer.Ordinal), Documented.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Both_name_the_same_defaults() =>
        Assert.Equal(
            [],
            from key in Code.Keys.Except(OfTheHost)
            where !Same(Documented.GetValueOrDefault(key), Code[key])
            select $"{key}: {Documented.GetValueOrDefault(key)} in the table, {Code[key] ?? "none"} in the code"
        );

    [Fact]
    public void The_read_me_names_no_other_settings()
    {
        var named = Variable().Matches(File.ReadAllText(Path.Combine(Texts.Root, "README.md"))).Select(variable => variable.Value.Replace("__", ":", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(named);
        Assert.Equal([], named.Where(key => !Documented.ContainsKey(key)));
    }

    private static Dictionary<string, object?> Code { get; } =
        Options
            .SelectMany(section =>
                section
                    .Options.GetType()
                    .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.CanWrite && property.PropertyType != typeof(OidcSettings.RoleValues))
                    .Select(property => KeyValuePair.Create($"{section.Section}:{property.Name}", property.GetValue(section.Options)))
            )
            .ToDictionary();

    private static Dictionary<string, string> Documented { get; } = Read();

    // Of several keys in a row those after the first may leave out its section, and either each has its default or all have one.
    private static Dictionary<string, string> Read()
    {
        var contract = File.ReadAllText(Path.Combine(Texts.Root, "docs/contracts/portal.md"));
        var table = contract[contract.IndexOf("## 2.", StringComparison.Ordinal)..contract.IndexOf("## 3.", StringComparison.Ordinal)];
        var found = new Dictionary<string, string>();
        foreach (var row in table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            var names = Quoted().Matches(cells[1]).Select(name => name.Groups[1].Value).Where(name => !name.StartsWith(':')).ToList();
            var section = names[0][..names[0].LastIndexOf(':')];
            var defaults = cells[2].Split(", ");
            for (var i = 0; i < names.Count; i++)
            {
                var key = names[i].Contains(':', StringComparison.Ordinal) ? names[i] : $"{section}:{names[i]}";
                found.Add(Item().Replace(key, ""), defaults.Length == names.Count ? defaults[i] : cells[2]);
            }
        }
        return found;
    }

    private static bool Same(string? written, object? value) =>
        (written?.Trim('`'), value) switch
        {
            (null, _) => false,
            ("none", null) => true,
            ({ } text, TimeSpan time) => Span(text) == time,
            ({ } text, not null) => text.Equals(Convert.ToString(value, CultureInfo.InvariantCulture), value is bool ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal),
            _ => false,
        };

    private static TimeSpan? Span(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':', StringComparison.Ordinal) ? span
        : text.Split(' ') is [var count, "s" or "min"] ? (text.EndsWith('s') ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1)) * double.Parse(count, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex Item();

    // As an environment variable; those that begin with two lines belong to the one before.
    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Za-z]+)+")]
    private static partial Regex Variable();
}
