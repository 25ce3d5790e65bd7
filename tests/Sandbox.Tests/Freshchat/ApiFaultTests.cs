using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Freshchat;

/// <summary>How the REST API fails, and what it has done all the same (freshchat.md 3.1, 3.2, 14.3).</summary>
public sealed class ApiFaultTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    [Theory]
    [InlineData("x-rate-limit-reset", "seconds", true)]
    [InlineData("x-ratelimitreset", "epoch", false)]
    [InlineData("x-rate-limit-reset", "epoch-milliseconds", false)]
    public async Task A_rate_limit_says_in_any_spelling_when_it_ends(string header, string value, bool retryAfter)
    {
        await sandbox.SwitchAsync("rate-limit-header", header);
        await sandbox.SwitchAsync("rate-limit-value", value);
        await sandbox.SwitchAsync("rate-limit-retry-after", retryAfter);
        await sandbox.SwitchAsync("rate-limit-wait", "00:00:30");
        await sandbox.SwitchAsync("rate-limit", 1);

        using var limited = await sandbox.ApiAsync(HttpMethod.Get, "/channels");
        using var next = await sandbox.ApiAsync(HttpMethod.Get, "/channels");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (limited.StatusCode, next.StatusCode));
        Assert.Equal("0", limited.Headers.GetValues("X-RateLimit-Remaining").Single());
        var reset = long.Parse(
            limited.Headers.GetValues(header == "x-ratelimitreset" ? "X-RateLimitReset" : "X-RateLimit-Reset").Single(),
            CultureInfo.InvariantCulture
        );
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(value == "seconds" ? now + reset : value == "epoch" ? reset : reset / 1000, now + 10, now + 40);
        Assert.Equal(retryAfter, limited.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_fault_may_concern_one_kind_of_request_only()
    {
        await sandbox.SwitchAsync("faults-at", "get-groups");
        await sandbox.SwitchAsync("unavailable", -1);
        using var channels = await sandbox.ApiAsync(HttpMethod.Get, "/channels");
        using var groups = await sandbox.ApiAsync(HttpMethod.Get, "/groups");
        await sandbox.SwitchAsync("unavailable", 0);
        await sandbox.SwitchAsync("faults-at", "any");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (channels.StatusCode, groups.StatusCode));
    }

    [Fact]
    public async Task A_cut_connection_has_done_nothing()
    {
        var conversation = await BeginAsync();
        await sandbox.SwitchAsync("cut-connection", 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.ReplyAsync(conversation, "Perdido"));
        Assert.DoesNotContain("Perdido", await TextsAsync(conversation));
    }

    [Fact]
    public async Task A_lost_answer_has_done_what_was_asked()
    {
        var conversation = await BeginAsync();
        await sandbox.SwitchAsync("lost-answer", 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.ReplyAsync(conversation, "Guardado"));
        await sandbox.SwitchAsync("lost-answer-as", "unavailable");
        await sandbox.SwitchAsync("lost-answer", 1);
        using var answer = await sandbox.ReplyAsync(conversation, "También");
        await sandbox.SwitchAsync("lost-answer-as", "cut-connection");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(["También", "Guardado"], (await TextsAsync(conversation)).Take(2));
    }

    [Fact]
    public async Task A_400_may_hide_a_stored_message()
    {
        var conversation = await BeginAsync();
        await sandbox.SwitchAsync("stored-as-400", 1);
        using var answer = await sandbox.ReplyAsync(conversation, "Está");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("TextFragment", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Está", (await TextsAsync(conversation))[0]);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    public async Task A_slow_request_is_carried_out_even_when_nobody_waits_any_more(string work)
    {
        var conversation = await BeginAsync();
        await sandbox.SwitchAsync("slow-api-delay", work == "first" ? "01:00:00" : "00:00:00.400");
        await sandbox.SwitchAsync("slow-api-work", work);
        await sandbox.SwitchAsync("slow-api", 1);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sandbox/freshchat/v2/conversations/{conversation}/messages");
        request.Headers.Authorization = new("Bearer", sandbox.Token);
        request.Content = new StringContent(
            $$$"""{"message_parts":[{"text":{"content":"Tarde"}}],"message_type":"normal","actor_type":"agent","actor_id":"{{{sandbox.BotAgent}}}"}"""
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Http.SendAsync(request, impatience.Token));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!(await TextsAsync(conversation)).Contains("Tarde"))
            patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_file_may_have_no_address_until_it_is_read_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        await sandbox.SwitchAsync("late-file-url", true);
        var visitorId = await sandbox.VisitorAsync("comida");
        var parts = new JsonArray(new JsonObject { ["image"] = new JsonObject { ["url"] = "https://fc-media.example.test/1.png" } });
        var written = await sandbox.ControlAsync(HttpMethod.Post, "messages", new { site = "comida", visitorId, parts });
        var path = $"/conversations/{(string)written["conversationId"]!}/messages";

        await receiver.NextAsync();
        var told = (await receiver.NextAsync()).Json["data"]!["message"];
        var first = (await sandbox.ReadAsync(path))["messages"]![0];
        var second = (await sandbox.ReadAsync(path))["messages"]![0];
        await sandbox.SwitchAsync("late-file-url", false);

        Assert.Equal([null, null, "https://fc-media.example.test/1.png"], new[] { told, first, second }.Select(m => (string?)m!["message_parts"]![0]!["image"]!["url"]));
    }

    private async Task<string> BeginAsync() => await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");

    private async Task<List<string>> TextsAsync(string conversation) =>
        [.. (await sandbox.ReadAsync($"/conversations/{conversation}/messages"))["messages"]!.AsArray().Select(m => (string)m!["message_parts"]![0]!["text"]!["content"]!)];
}
