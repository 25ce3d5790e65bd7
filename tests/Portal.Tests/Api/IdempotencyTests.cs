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
        Assert.Equal(first.Body, again.Body);
        Assert.Single(sides.Mammut.Bots);

        var other = await SendAsync(portal, "one", sides.BotSettings("another"));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("idempotency_conflict", other.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(portal, "two", settings)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(portal, new string('x', 201), settings)).Status);
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(RunningPortal portal, string key, object settings)
    {
        using var client = portal.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bots") { Content = JsonContent.Create(settings) };
        request.Headers.Authorization = new("Bearer", RunningPortal.ApiKey);
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
