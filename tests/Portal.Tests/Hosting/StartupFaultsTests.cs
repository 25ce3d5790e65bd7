using Microsoft.AspNetCore.Builder;
using Portal.Hosting;
using Support;

namespace Portal.Tests.Hosting;

/// <summary>A wrong setting stops the start with a line that names its key (portal.md 2).</summary>
public sealed class StartupFaultsTests
{
    public static TheoryData<string, string, string> Development { get; } =
        new()
        {
            { "Sandbox:Enabled", "perhaps", "Sandbox:Enabled" },
            { "Outbound:AllowHttpLoopback", "perhaps", "Outbound:AllowHttpLoopback" },
            { "Outbound:AllowPrivate", "perhaps", "Outbound:AllowPrivate" },
            { "Database:Provider", "Oracle", "Database:Provider" },
            { "Database:Provider", "PostgreSql", "ConnectionStrings:Portal" },
            { "ConnectionStrings:Portal", " ", "ConnectionStrings:Portal" },
            { "ConnectionStrings:Portal", "data/portal.db", "ConnectionStrings:Portal" },
            { "ConnectionStrings:Portal", "Server=db.example.test;Database=portal", "ConnectionStrings:Portal" },
            { "Portal:PublicUrl", "nowhere", "Portal:PublicUrl" },
            { "Mammut:BaseUrl", "nowhere", "Mammut:BaseUrl" },
            { "Mammut:BaseUrl", "http://mammut.example.test", "Mammut:BaseUrl" },
            { "Mammut:Mode", "Other", "Mammut:Mode" },
            { "Mammut:Mode", "Sideways", "Mammut:Mode" },
            { "Mammut:AnswerWait", "soon", "Mammut:AnswerWait" },
            { "Mammut:AnswerWait", "00:00:00", "Mammut:AnswerWait" },
            { "Mammut:PollInterval", "-00:00:01", "Mammut:PollInterval" },
            { "Mammut:GraceWindow", "-00:00:01", "Mammut:GraceWindow" },
            { "Mammut:SinceMargin", "-00:00:01", "Mammut:SinceMargin" },
            { "Mammut:Timeout", "00:00:00", "Mammut:Timeout" },
            { "Mammut:Channel", " ", "Mammut:Channel" },
            { "Mammut:ExtraHeader", "a secret without a name", "Mammut:ExtraHeader" },
            { "Freshchat:Timeout", "00:00:00", "Freshchat:Timeout" },
            { "Freshchat:Timeout", "ten", "Freshchat:Timeout" },
            { "Inbox:QuietWindow", "00:00:06", "Inbox:QuietWindow" },
            { "Inbox:QuietWindow", "-00:00:01", "Inbox:QuietWindow" },
            { "Inbox:MaxAttempts", "0", "Inbox:MaxAttempts" },
            { "Inbox:AnswerDeadline", "00:00:00", "Inbox:AnswerDeadline" },
            { "Inbox:Lease", "00:00:00", "Inbox:Lease" },
            { "Checks:Every", "00:00:30", "Checks:Every" },
            { "Checks:Every", "-00:10:00", "Checks:Every" },
            { "Checks:Every", "often", "Checks:Every" },
            { "Webhooks:RejectedPerMinute", "0", "Webhooks:RejectedPerMinute" },
            { "Webhooks:RejectedPerMinute", "many", "Webhooks:RejectedPerMinute" },
            { "Api:BootstrapKey", "too-short", "Api:BootstrapKey" },
            { "Authentication:Oidc:Authority", "nowhere", "Authentication:Oidc:Authority" },
            { "Authentication:Oidc:Authority", "http://login.example.test", "Authentication:Oidc:Authority" },
            { "urls", "http://0.0.0.0:5080", "Sandbox:Enabled" },
            { "urls", "http://127.0.0.1:5080;http://*:5081", "Sandbox:Enabled" },
            { "urls", "http://[::]:5080", "Sandbox:Enabled" },
            { "http_ports", "8080", "Sandbox:Enabled" },
            { "Kestrel:Endpoints:Web:Url", "http://10.0.0.1:80", "Sandbox:Enabled" },
            { "Portal:PublicUrl", "https://portal.example.test", "Sandbox:Enabled" },
        };

    [Theory]
    [MemberData(nameof(Development))]
    public void Names_the_key(string key, string value, string named)
    {
        var faults = Find("Development", (key, value));

        Assert.Contains(faults, fault => fault.Contains(named, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("a secret", StringComparison.Ordinal) || fault.Contains("too-short", StringComparison.Ordinal));
    }

    [Fact]
    public void Production_needs_a_provider_and_refuses_the_sandbox()
    {
        var address = ("Portal:PublicUrl", "https://portal.example.test");
        Assert.StartsWith("Authentication:Oidc:Authority", Assert.Single(Find("Production", address)), StringComparison.Ordinal);
        var provider = ("Authentication:Oidc:Authority", "https://login.example.test");
        Assert.Contains(Find("Production", address, provider, ("Sandbox:Enabled", "true")), fault => fault.Contains("in Production", StringComparison.Ordinal));
        Assert.StartsWith("Portal:PublicUrl is missing", Assert.Single(Find("Production", provider)), StringComparison.Ordinal);
        Assert.Empty(Find("Production", provider, ("urls", "https://portal.example.test")));
        Assert.StartsWith("Portal:PublicUrl", Assert.Single(Find("Production", provider, ("Portal:PublicUrl", "http://portal.example.test"))), StringComparison.Ordinal);
        Assert.StartsWith("Authentication:Oidc:Authority", Assert.Single(Find("Staging", address, ("Authentication:Oidc:Authority", "http://127.0.0.1:1"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://portal.example.test", "https://portal.example.test")]
    [InlineData("http://127.0.0.1:80;https://portal.example.test:443/", "https://portal.example.test")]
    [InlineData("https://127.0.0.1:443;https://203.0.113.7:8443", "https://203.0.113.7:8443")]
    [InlineData("https://+:443", null)]
    [InlineData("https://*:443", null)]
    [InlineData("https://0.0.0.0:443", null)]
    [InlineData("https://[::]:443", null)]
    [InlineData("https://localhost:443", null)]
    [InlineData("https://[::1]:443", null)]
    [InlineData("http://portal.example.test", null)]
    public void Outside_Development_webhooks_need_an_address_that_Freshchat_can_call(string urls, string? shown)
    {
        (string, string)[] settings = [("Authentication:Oidc:Authority", "https://login.example.test"), ("urls", urls)];

        Assert.Equal(shown is null ? ["Portal:PublicUrl"] : [], Find("Production", settings).Select(fault => fault.Split(' ')[0]));
        Assert.Equal(shown, ListenAddress.ForOthers(Builder("Production", settings).Configuration));
    }

    [Fact]
    public void Tells_all_faults_at_once() =>
        Assert.Equal(4, Find("Production", ("Inbox:MaxAttempts", "0"), ("Mammut:BaseUrl", "nowhere")).Count);

    [Fact]
    public void What_is_sound_starts()
    {
        Assert.Empty(Find("Development"));
        Assert.Empty(Find("Development", ("urls", "http://localhost:7000;http://[::1]:7001"), ("Portal:PublicUrl", "http://localhost:7000")));
        Assert.Empty(Find("Development", ("Sandbox:Enabled", "false"), ("Authentication:Oidc:Authority", "https://login.example.test"), ("urls", "http://*:80")));
        Assert.Empty(
            Find(
                "Production",
                ("Authentication:Oidc:Authority", "https://login.example.test"),
                ("Portal:PublicUrl", "https://portal.example.test"),
                ("urls", "http://0.0.0.0:8080"),
                ("Mammut:ExtraHeader", "X-Api-Key: a secret")
            )
        );
    }

    [Theory]
    [InlineData("Host=db.example.test;Database=portal;Username=portal;Password=a secret", true)]
    [InlineData("Host=db.example.test;Username=portal;Password=a secret", false)]
    [InlineData("Host=db.example.test;Database=portal;Pasword=a secret", false)]
    [InlineData("Host=db.example.test;Database=portal;Port=a secret", false)]
    [InlineData("postgres://portal:a secret@db.example.test/portal", false)]
    public void PostgreSql_needs_a_connection_string_of_its_own(string connection, bool sound)
    {
        var faults = Find("Development", ("Database:Provider", "PostgreSql"), ("ConnectionStrings:Portal", connection));

        Assert.Equal(sound, faults.Count == 0);
        Assert.All(faults, fault => Assert.StartsWith("ConnectionStrings:Portal must be", fault, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("a secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_is_not_there_ends_the_process_with_a_line()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?>
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Portal"] = "Host=127.0.0.1;Port=9;Database=portal;Username=portal;Password=a-secret",
        };

        var (code, output) = await PortalProcess.EndAsync(folder, settings, "Development");

        Assert.Equal(1, code);
        Assert.Contains("Configuration: ConnectionStrings:Portal names a database that cannot be used", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", null, null, "Authentication:Oidc:Authority")]
    [InlineData("Production", "Sandbox:Enabled", "true", "Sandbox:Enabled")]
    [InlineData("Development", "urls", "http://0.0.0.0:0", "Sandbox:Enabled")]
    [InlineData("Development", "Mammut:GraceWindow", "-00:00:01", "Mammut:GraceWindow")]
    public async Task The_process_ends_with_a_line_and_a_code(string environment, string? key, string? value, string named)
    {
        using var folder = new TemporaryFolder();
        var settings = key is null ? [] : new Dictionary<string, string?> { [key] = value };

        var (code, output) = await PortalProcess.EndAsync(folder, settings, environment);

        Assert.Equal(1, code);
        Assert.Contains($"Configuration: {named}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static List<string> Find(string environment, params (string Key, string Value)[] settings)
    {
        var builder = Builder(environment, settings);
        return [.. StartupFaults.Find(builder.Configuration, builder.Environment)];
    }

    private static WebApplicationBuilder Builder(string environment, (string Key, string Value)[] settings) =>
        PortalHost.CreateBuilder([$"--environment={environment}", $"--contentRoot={Repository.Root}", .. settings.Select(s => $"--{s.Key}={s.Value}")]);
}
