using System.Net;
using System.Net.Http.Json;
using Support;

namespace Portal.Tests.Api;

/// <summary>A script that repeats a write because it did not hear the answer changes nothing (portal.md 3).</summary>
[Trait("Database", "both")]
public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeated_write_is_answered_again_and_done_once()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var settings = sides.BotSettings();

        var first = await SendAsync(portal, "one", settings);
        var again = await SendAsync(portal, "one", settings);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal((first.Text, $"/api/v1/bots/{first.Json["id"]}"), (again.Text, again.Headers["Location"]));
        Assert.Single(sides.Mammut.Bots);

        Assert.Equal((HttpStatusCode.Conflict, "idempotency_conflict"), Fault(await SendAsync(portal, "one", sides.BotSettings("another"))));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(portal, "two", settings)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(portal, new string('x', 201), settings)).Status);

        var path = $"bots/{first.Json["id"]}";
        var changed = await SendAsync(portal, "three", new { locale = "es" }, path, "*");
        Assert.Equal(changed.Headers["ETag"], (await SendAsync(portal, "three", new { locale = "es" }, path, "*")).Headers["ETag"]);
        Assert.Equal((HttpStatusCode.Conflict, "idempotency_conflict"), Fault(await SendAsync(portal, "three", new { locale = "es" }, path, changed.Headers["ETag"])));
    }

    [Fact]
    public async Task Whoever_loses_the_connection_finds_the_answer_by_asking_again()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var asked = new TaskCompletionSource();
        using var answered = new ManualResetEventSlim();
        sides.Instead = request =>
        {
            if (request.ToMammut && asked.TrySetResult())
                answered.Wait(TimeSpan.FromSeconds(8));
            return null;
        };
        using var cut = new CancellationTokenSource();

        var lost = SendAsync(portal, "one", sides.BotSettings(), cut: cut.Token);
        await asked.Task;
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        Assert.Equal((HttpStatusCode.Conflict, "idempotency_conflict"), Fault(await SendAsync(portal, "one", sides.BotSettings())));
        answered.Set();

        var found = await Eventually.BecomesAsync(() => SendAsync(portal, "one", sides.BotSettings()), answer => answer.Status != HttpStatusCode.Conflict, "the answer is there");
        Assert.Equal((HttpStatusCode.Created, "live"), (found.Status, (string?)found.Json["status"]));
        Assert.Single(sides.Mammut.Bots);
    }

    [Fact]
    public async Task A_failure_that_left_nothing_new_may_be_tried_again_and_one_that_left_a_draft_names_it()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var account = new { chatUrl = sides.ChatUrl, apiToken = sides.Freshchat.Token };

        sides.Instead = _ => FarReply.Example(503, "error-503.json");
        Assert.Equal(HttpStatusCode.BadGateway, (await SendAsync(portal, "probe", account, "probe/freshchat")).Status);
        sides.Instead = null;
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(portal, "probe", account, "probe/freshchat")).Status);

        sides.Instead = request => request.ToMammut ? FarReply.Example(200, "mammut-failed-as-200.json") : null;
        var failed = await SendAsync(portal, "bot", sides.BotSettings());
        sides.Instead = null;
        var again = await SendAsync(portal, "bot", sides.BotSettings());
        Assert.Equal((HttpStatusCode.BadGateway, failed.Text), (again.Status, again.Text));
        Assert.Equal((string?)failed.Json["botId"], (string?)Assert.Single((await portal.Api.GetAsync("bots")).Json["items"]!.AsArray())!["id"]);
    }

    private static (HttpStatusCode, string?) Fault(ApiAnswer answer) => (answer.Status, answer.Code);

    private static async Task<ApiAnswer> SendAsync(RunningPortal portal, string key, object body, string path = "bots", string? version = null, CancellationToken cut = default)
    {
        using var client = portal.NewClient();
        using var request = new HttpRequestMessage(version is null ? HttpMethod.Post : HttpMethod.Patch, "/api/v1/" + path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", RunningPortal.ApiKey);
        request.Headers.Add("Idempotency-Key", key);
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        using var answer = await client.SendAsync(request, cut);
        return await ApiAnswer.OfAsync(answer);
    }
}
