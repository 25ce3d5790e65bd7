using System.Net;
using Support;

namespace Portal.Tests.Api;

/// <summary>Connecting a bot through the API when something is wrong: a code that says what, and nothing half done that nobody knows of.</summary>
[Trait("Database", "both")]
public sealed class ConnectBotTests(ConnectBotTests.Started started) : IClassFixture<ConnectBotTests.Started>, IDisposable
{
    private FarSides FarSides => started.FarSides;

    private PortalApi Api => started.Portal.Api;

    public static TheoryData<string, string?, int, string> Values { get; } =
        new()
        {
            { "apiToken", "not-the-token", 422, "token_refused" },
            { "apiToken", "", 400, "required" },
            { "agentId", "not-an-agent", 422, "agent_not_found" },
            { "agentId", null, 400, "required" },
            { "groupName", "Nadie", 422, "group_not_found" },
            { "groupName", "Turno de tarde", 422, "group_ambiguous" },
            { "groupName", "Autoservicio", 422, "group_contains_bot" },
            { "appId", "1f1f1f1f-0000-4000-8000-000000000000", 422, "app_id_mismatch" },
            { "chatUrl", "http://acme.freshchat.com/v2", 400, "chat_url_https_required" },
            { "chatUrl", "acme", 400, "chat_url_invalid" },
            { "chatUrl", null, 400, "required" },
            { "publicKeys", null, 400, "required" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_wrong_value_is_named_and_nothing_is_kept(string field, string? value, int status, string code) =>
        await AssertRefusedAsync(SettingsWith(field, value), status, code, field);

    [Fact]
    public Task An_agent_who_has_left_is_refused() =>
        AssertRefusedAsync(SettingsWith("agentId", FarSides.Freshchat.FormerAgent), 422, "agent_deactivated", "agentId");

    [Theory]
    [InlineData("html", "not_json", "chatUrl")]
    [InlineData("redirect", "redirected", "chatUrl")]
    [InlineData("forbidden", "token_forbidden", "apiToken")]
    public async Task A_wrong_host_or_a_token_without_scope_is_refused(string answer, string code, string field)
    {
        FarSides.Instead = _ =>
            answer switch
            {
                "html" => new FarReply(200, "<html><body>Sign in</body></html>", "text/html"),
                "redirect" => new FarReply(302, "") { Location = "https://elsewhere.example.test/v2" },
                _ => FarReply.Example(403, "error-403.json"),
            };

        await AssertRefusedAsync(FarSides.BotSettings(), 422, code, field);

        FarSides.Instead = null;
        var probed = await Api.PostAsync("probe/freshchat", new { chatUrl = FarSides.ChatUrl, apiToken = "Bearer " + FarSides.Freshchat.Token });
        Assert.Equal((HttpStatusCode.OK, FarSides.Freshchat.AppId), (probed.Status, (string?)probed.Json["appId"]));
    }

    [Theory]
    [InlineData("garbage", "public_key_not_base64")]
    [InlineData("private", "public_key_is_private")]
    [InlineData("short", "public_key_too_short")]
    [InlineData("truncated", "public_key_unreadable")]
    public async Task A_key_that_cannot_verify_is_refused_and_not_repeated(string kind, string code)
    {
        using var small = new SigningKey(1024);
        var key = FarSides.Freshchat.Key;
        var text = kind switch
        {
            "private" => key.PrivatePem,
            "short" => small.PublicPem,
            "truncated" => string.Join('\n', key.PublicPem.Split('\n').Take(4)),
            _ => "¡esto no es una clave!",
        };

        var answer = await AssertRefusedAsync(SettingsWith("publicKeys", text), 400, code, "publicKeys");

        Assert.DoesNotContain(text.Trim()[^20..], answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":")]
    [InlineData("[]")]
    [InlineData("{\"freshchat\":\"x\"}")]
    public async Task A_body_that_cannot_be_read_is_an_error_like_any_other(string body)
    {
        var answer = await Api.PostAsync("bots", body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_json"), (answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
    }

    private async Task<ApiAnswer> AssertRefusedAsync(object settings, int status, string code, string field)
    {
        var answer = await Api.PostAsync("bots", settings);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        Assert.NotEmpty((string?)answer.Json["detail"] ?? "");
        Assert.NotNull(answer.Json["errors"]?[field]);
        Assert.Null(answer.Json["botId"]);
        Assert.Empty((await Api.GetAsync("bots")).Json["items"]!.AsArray());
        Assert.Empty(FarSides.Mammut.Bots);
        return answer;
    }

    private Dictionary<string, object?> SettingsWith(string field, string? value)
    {
        var settings = FarSides.BotSettings();
        ((Dictionary<string, object?>)settings["freshchat"]!)[field] = field == "publicKeys" && value is not null ? new[] { value } : value;
        return settings;
    }

    public void Dispose() => FarSides.Instead = null;

    public sealed class Started : IAsyncLifetime
    {
        public FarSides FarSides { get; private set; } = null!;

        public RunningPortal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            FarSides = await FarSides.StartAsync();
            Portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = FarSides.MammutUrl });
        }

        public async ValueTask DisposeAsync()
        {
            await Portal.DisposeAsync();
            await FarSides.DisposeAsync();
        }
    }
}
