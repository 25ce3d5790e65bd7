using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Support;

namespace Portal.Tests.Security;

/// <summary>
/// Secrets that stand out are sent through a portal that logs everything it can, failures included, and are then looked for: in its
/// console, in every answer it gave, and in the bytes of its database.
/// </summary>
public sealed class SecretsTests
{
    private const string ApiKey = "canary-api-key-0d9d6b0c4f5e4c3e9f1a-bootstrap";
    private const string OtherKey = "canary-api-key-of-somebody-who-guesses";
    private const string WrongToken = "canary-token-that-freshchat-refuses";

    private readonly List<string> _answers = [];

    [Fact]
    public async Task No_secret_is_written_anywhere()
    {
        await using var sides = await FarSides.StartAsync();
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> output;
        await using (var portal = await PortalProcess.StartAsync(PortalProcess.BuiltDll, Repository.Root, folder, Talkative(sides)))
        {
            await LiveAsync(portal, sides);
            output = portal.Output;
            Assert.Contains(output, line => line.Contains("dbug:", StringComparison.Ordinal));
        }

        var privateKey = sides.Freshchat.Key.PrivatePem.Split('\n')[3];
        string[] secrets = [ApiKey, OtherKey, sides.Freshchat.Token, WrongToken, privateKey];
        var files = Directory.GetFiles(folder.Path, "portal.db*");
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(output, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(_answers, answer => answer.Contains(secret, StringComparison.Ordinal));
            Assert.All(files, file => Assert.False(Holds(file, secret), $"{Path.GetFileName(file)} holds a secret"));
        }
        // The search itself finds what is there.
        Assert.Contains(files, file => Holds(file, sides.Freshchat.AppId));
        Assert.Contains(_answers, answer => answer.Contains(sides.Freshchat.Token[^4..], StringComparison.Ordinal));
    }

    private async Task LiveAsync(PortalProcess portal, FarSides sides)
    {
        using var api = Client(portal, ApiKey);
        using (var guess = Client(portal, OtherKey))
            await AskAsync(guess, "GET", "/api/v1/bots", null, HttpStatusCode.Unauthorized);

        await ConnectAsync(api, With(sides, "apiToken", WrongToken), HttpStatusCode.UnprocessableEntity);
        await ConnectAsync(api, With(sides, "publicKeys", new[] { sides.Freshchat.Key.PrivatePem }), HttpStatusCode.BadRequest);
        // Far sides that quote what they were sent.
        var quoted = $$$"""{"code":0,"status":"Failed","message":"Bad token {{{sides.Freshchat.Token}}}","error":{"code":"X","message":"Bearer {{{sides.Freshchat.Token}}}"}}""";
        foreach (var status in (int[])[403, 500])
        {
            sides.Instead = request => request.ToMammut ? null : new FarReply(status, quoted);
            await ConnectAsync(api, sides.BotSettings(), status == 403 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.BadGateway);
        }
        foreach (var status in (int[])[200, 400, 503, 0])
        {
            sides.Instead = request => !request.ToMammut ? null : status == 0 ? FarReply.Cut : new FarReply(status, quoted);
            await ConnectAsync(api, sides.BotSettings(), HttpStatusCode.BadGateway);
        }
        sides.Instead = null;
        var bot = await ConnectAsync(api, sides.BotSettings(), HttpStatusCode.Created);

        var failures = 0;
        sides.Instead = request =>
            request.Method == "POST" && request.Path.EndsWith("/messages", StringComparison.Ordinal) && Interlocked.Increment(ref failures) == 1
                ? new FarReply(500, quoted)
                : null;
        var conversation = await CustomerWritesAsync(portal, sides, (string)bot.Json["webhookUrl"]!);
        await Eventually.BecomesAsync(() => sides.Freshchat.Replies(conversation).Count == 1, "the reply");
        foreach (var path in (string[])["bots", $"bots/{bot.Json["id"]}", $"bots/{bot.Json["id"]}/sites", "deliveries", "deliveries/1", "conversations", "conversations/1"])
            await AskAsync(api, "GET", "/api/v1/" + path, null, HttpStatusCode.OK);
        await AskAsync(api, "GET", "/openapi/v1.json", null, HttpStatusCode.OK);
        await AskAsync(api, "POST", $"/api/v1/bots/{bot.Json["id"]}/pause", null, HttpStatusCode.OK);
    }

    private async Task<string> CustomerWritesAsync(PortalProcess portal, FarSides sides, string webhookUrl)
    {
        var conversation = Guid.NewGuid().ToString();
        var body = Encoding.UTF8.GetBytes(
            $$$$"""{"actor":{"actor_type":"user","actor_id":"u-1"},"action":"message_create","data":{"message":{"id":"m-1","app_id":"{{{{sides.Freshchat.AppId}}}}","actor_type":"user","actor_id":"u-1","conversation_id":"{{{{conversation}}}}","message_parts":[{"text":{"content":"Hola"}}],"created_time":"{{{{TimeProvider.System.GetUtcNow():O}}}}"}}}"""
        );
        using var http = new HttpClient();
        foreach (var signature in (string?[])["AAAA", sides.Freshchat.Key.Sign(body)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhookUrl) { Content = new ByteArrayContent(body), Headers = { { "X-Freshchat-Signature", signature } } };
            using var response = await http.SendAsync(request);
            _answers.Add(await response.Content.ReadAsStringAsync());
        }
        return conversation;
    }

    private Task<ApiAnswer> ConnectAsync(PortalApi api, object settings, HttpStatusCode expected) => AskAsync(api, "POST", "/api/v1/bots", settings, expected);

    private async Task<ApiAnswer> AskAsync(PortalApi api, string method, string url, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new(method), url);
        if (body is not null)
            request.Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await api.Http.SendAsync(request);
        var answer = await ApiAnswer.OfAsync(response);
        Assert.True(answer.Status == expected, $"{method} {url}: {(int)answer.Status} {answer.Code}");
        _answers.Add(answer.Text + string.Join('\n', answer.Headers.Values));
        return answer;
    }

    private static Dictionary<string, string?> Talkative(FarSides sides)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Api:BootstrapKey"] = ApiKey,
            ["Mammut:BaseUrl"] = sides.MammutUrl,
            ["Mammut:GraceWindow"] = "00:00:00.100",
            ["Inbox:QuietWindow"] = "00:00:00",
        };
        foreach (var category in (string[])["Default", "Microsoft.AspNetCore", "Microsoft.AspNetCore.DataProtection", "Microsoft.EntityFrameworkCore", "OpenIddict", "Polly", "System.Net.Http.HttpClient"])
            settings[$"Logging:LogLevel:{category}"] = "Trace";
        return settings;
    }

    private static Dictionary<string, object?> With(FarSides sides, string field, object value)
    {
        var settings = sides.BotSettings();
        ((Dictionary<string, object?>)settings["freshchat"]!)[field] = value;
        return settings;
    }

    private static PortalApi Client(PortalProcess portal, string key)
    {
        var http = new HttpClient { BaseAddress = new Uri(portal.Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new PortalApi(http);
    }

    private static bool Holds(string file, string text)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        return bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    }
}
