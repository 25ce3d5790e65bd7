using System.Net;
using Support;

namespace Portal.Tests.Api;

/// <summary>Mammut fails while a bot is connected: the draft is kept, can be finished, and never becomes two bots (mammut.md 4.2).</summary>
[Trait("Database", "both")]
public sealed class UnfinishedBotTests
{
    [Fact]
    public async Task A_bot_whose_Mammut_was_down_is_finished_later_and_exists_once()
    {
        await using var freshchat = await FarSides.StartAsync();
        var mammut = await FarSides.StartAsync();
        var address = mammut.MammutUrl;
        await mammut.DisposeAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = address });

        var failed = await portal.Api.PostAsync("bots", freshchat.BotSettings());
        Assert.Equal((HttpStatusCode.BadGateway, "mammut_connection_failed"), (failed.Status, failed.Code));
        var id = (string)failed.Json["botId"]!;
        var draft = await portal.Api.GetAsync($"bots/{id}");
        Assert.Equal(("draft", "failed"), ((string?)draft.Json["status"], (string?)draft.Json["draftState"]));

        await using var back = await FarSides.StartAsync(new Uri(address).Port);
        var live = await portal.Api.PostAsync($"bots/{id}/connect");
        Assert.True(live.Status == HttpStatusCode.OK, live.Text);
        Assert.Equal("live", (string?)live.Json["status"]);
        Assert.Equal((long)Assert.Single(back.Mammut.Bots)["id"]!, (long)live.Json["mammut"]!["mammutId"]!);
        Assert.Single((await portal.Api.GetAsync("bots")).Json["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await portal.Api.PostAsync($"bots/{id}/connect")).Status);
        Assert.Single(back.Mammut.Bots);
    }

    [Fact]
    public async Task Failed_with_200_is_a_failure_and_can_be_tried_again()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        sides.Instead = request => request.ToMammut ? FarReply.Example(200, "mammut-failed-as-200.json") : null;

        var failed = await portal.Api.PostAsync("bots", sides.BotSettings());
        Assert.Equal((HttpStatusCode.BadGateway, "mammut_failed"), (failed.Status, failed.Code));
        Assert.Empty(sides.Mammut.Bots);

        sides.Instead = null;
        var live = await portal.Api.PostAsync($"bots/{failed.Json["botId"]}/connect");
        Assert.Equal("live", (string?)live.Json["status"]);
        Assert.Single(sides.Mammut.Bots);
    }

    [Fact]
    public async Task What_is_null_in_a_draft_is_as_good_as_absent()
    {
        await using var portal = await RunningPortal.StartAsync();

        var draft = await portal.Api.PostAsync(
            "bots",
            """
            {"draft":true,"name":"freshbot","freshchat":null,"mammut":null,"quietWindow":null,"sites":[{"source":null,"siteId":"comida","context":"comida"}],
            "policies":{"withoutGroup":null,"noText":"ignore"},"messages":{"handOver":null,"unavailable":{"es":null,"en":"Later"}}}
            """
        );

        Assert.True(draft.Status == HttpStatusCode.Created, draft.Text);
        Assert.Equal(("any", "stayActive", "ignore"), ((string?)draft.Json["sites"]![0]!["source"], (string?)draft.Json["policies"]!["withoutGroup"], (string?)draft.Json["policies"]!["noText"]));
        Assert.Equal("Later", (string?)draft.Json["messages"]!["unavailable"]!["en"]);
        var bare = await portal.Api.PostAsync("bots", """{"draft":true,"name":null,"sites":null,"policies":null,"messages":null}""");
        Assert.True(bare.Status == HttpStatusCode.Created, bare.Text);
        Assert.Equal("site_context_required", (await portal.Api.PostAsync("bots", """{"draft":true,"sites":[{"siteId":"a","context":null}]}""")).Code);
        Assert.Equal("site_id_required", (await portal.Api.PostAsync("bots", """{"draft":true,"sites":[null]}""")).Code);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_lost_answer_leaves_a_draft_that_does_not_create_again(int status)
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        sides.Instead = request => !request.ToMammut ? null : status == 0 ? FarReply.Cut : FarReply.Example(status, "error-503.json");

        var unclear = await portal.Api.PostAsync("bots", sides.BotSettings());
        Assert.Equal((HttpStatusCode.BadGateway, "mammut_create_unclear"), (unclear.Status, unclear.Code));
        var draft = await portal.Api.GetAsync($"bots/{unclear.Json["botId"]}");
        Assert.Equal("mammut_create_unclear", (string?)draft.Json["draftState"]);

        sides.Instead = null;
        var again = await portal.Api.PostAsync($"bots/{unclear.Json["botId"]}/connect");
        Assert.Equal("mammut_create_unclear", again.Code);
        Assert.Single(sides.Requests, request => request.ToMammut);

        // The admin has looked: there is none, so it is created once more.
        var live = await portal.Api.PostAsync($"bots/{unclear.Json["botId"]}/connect", new Dictionary<string, object?> { ["createAgain"] = true });
        Assert.Equal("live", (string?)live.Json["status"]);
        Assert.Single(sides.Mammut.Bots);
    }

    [Fact]
    public async Task A_lost_answer_is_made_good_by_the_id_of_the_bot_that_was_created()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var existing = (await portal.Api.PostAsync("bots", sides.BotSettings("elsewhere"))).Json;
        await portal.Api.SendAsync(HttpMethod.Delete, $"bots/{existing["id"]}", null);
        sides.Instead = request => request.ToMammut ? FarReply.Cut : null;
        var unclear = await portal.Api.PostAsync("bots", sides.BotSettings());

        sides.Instead = null;
        var id = (long)existing["mammut"]!["mammutId"]!;
        var live = await portal.Api.PostAsync($"bots/{unclear.Json["botId"]}/connect", new Dictionary<string, object?> { ["mammutId"] = id });
        Assert.Equal(("live", id), ((string?)live.Json["status"], (long)live.Json["mammut"]!["mammutId"]!));
        Assert.Single(sides.Mammut.Bots);
    }

    [Fact]
    public async Task A_draft_that_Mammut_knows_keeps_its_bot_there()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var settings = sides.BotSettings();
        ((Dictionary<string, object?>)settings["freshchat"]!).Remove("publicKeys");
        var draft = await portal.Api.PostAsync("bots", new Dictionary<string, object?>(settings) { ["draft"] = true });
        var keyless = await portal.Api.PostAsync($"bots/{draft.Json["id"]}/connect", new { });
        Assert.Equal((HttpStatusCode.BadRequest, "public_key_missing"), (keyless.Status, keyless.Code));
        var id = (long)Assert.Single(sides.Mammut.Bots)["id"]!;

        var other = await portal.Api.PostAsync($"bots/{draft.Json["id"]}/connect", new { mammutId = id + 1 });
        Assert.Equal((HttpStatusCode.Conflict, "mammut_id_fixed"), (other.Status, other.Code));

        await portal.Api.SendAsync(HttpMethod.Patch, $"bots/{draft.Json["id"]}", new { freshchat = new { publicKeys = new[] { sides.Freshchat.Key.PublicPem } } });
        var live = await portal.Api.PostAsync($"bots/{draft.Json["id"]}/connect", new { mammutId = id });
        Assert.Equal(("live", id), ((string?)live.Json["status"], (long)live.Json["mammut"]!["mammutId"]!));
        Assert.Single(sides.Mammut.Bots);
    }

    [Theory]
    [InlineData("connect", "{\"mammutId\":", "application/json", "invalid_json")]
    [InlineData("connect", "mammutId=1", "text/plain", "json_required")]
    [InlineData("connect", "mammutId=1", null, "json_required")]
    [InlineData("token", "apiToken=1", "text/plain", "json_required")]
    public async Task A_body_in_chunks_that_cannot_be_read_does_nothing(string what, string body, string? type, string code)
    {
        await using var portal = await RunningPortal.StartAsync();
        var draft = await portal.Api.PostAsync("bots", new { draft = true });

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/bots/{draft.Json["id"]}/{what}");
        request.Content = new StreamContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)));
        request.Headers.TransferEncodingChunked = true;
        if (type is not null)
            request.Content.Headers.ContentType = new(type);
        using var response = await portal.Api.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, (await ApiAnswer.OfAsync(response)).Code));
    }

    [Fact]
    public async Task An_account_has_one_answering_bot()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var first = await portal.Api.PostAsync("bots", sides.BotSettings("one"));
        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal($"/api/v1/bots/{first.Json["id"]}", first.Headers["Location"]);

        var second = await portal.Api.PostAsync("bots", sides.BotSettings("two"));
        Assert.Equal((HttpStatusCode.Conflict, "app_id_taken"), (second.Status, second.Code));

        var draft = await portal.Api.PostAsync("bots", new Dictionary<string, object?>(sides.BotSettings("three")) { ["draft"] = true });
        Assert.Equal(HttpStatusCode.Created, draft.Status);
        var late = await portal.Api.PostAsync($"bots/{draft.Json["id"]}/connect");
        Assert.Equal((HttpStatusCode.Conflict, "app_id_taken"), (late.Status, late.Code));
        Assert.Equal("draft", (string?)(await portal.Api.GetAsync($"bots/{draft.Json["id"]}")).Json["status"]);

        // Nothing was left at Mammut for a bot that could not go live; an archived one makes room.
        Assert.Single(sides.Mammut.Bots);
        Assert.Equal(HttpStatusCode.NoContent, (await portal.Api.SendAsync(HttpMethod.Delete, $"bots/{first.Json["id"]}", null)).Status);
        Assert.Equal("live", (string?)(await portal.Api.PostAsync($"bots/{draft.Json["id"]}/connect")).Json["status"]);
        Assert.Equal(2, sides.Mammut.Bots.Count);
    }

    [Fact]
    public async Task An_account_that_only_the_token_names_is_found_taken_before_Mammut_is_asked()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        await portal.Api.PostAsync("bots", sides.BotSettings("one"));
        var settings = sides.BotSettings("two");
        ((Dictionary<string, object?>)settings["freshchat"]!).Remove("appId");
        var draft = await portal.Api.PostAsync("bots", new Dictionary<string, object?>(settings) { ["draft"] = true });

        var late = await portal.Api.PostAsync($"bots/{draft.Json["id"]}/connect");

        Assert.Equal((HttpStatusCode.Conflict, "app_id_taken", (string?)draft.Json["id"]), (late.Status, late.Code, (string?)late.Json["botId"]));
        Assert.Single(sides.Mammut.Bots);
    }

    [Fact]
    public async Task A_bot_in_Mammut_belongs_to_one_bot_of_the_portal()
    {
        await using var sides = await FarSides.StartAsync();
        await using var other = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var first = await portal.Api.PostAsync("bots", sides.BotSettings("one"));

        var mammut = new Dictionary<string, object?> { ["mammutId"] = (long)first.Json["mammut"]!["mammutId"]! };
        var second = await portal.Api.PostAsync("bots", new Dictionary<string, object?>(other.BotSettings("two")) { ["mammut"] = mammut });

        Assert.Equal((HttpStatusCode.Conflict, "mammut_id_taken"), (second.Status, second.Code));
        Assert.DoesNotContain(sides.Requests, request => request.ToMammut && request.Target.Contains(other.Freshchat.AppId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_customer_is_told_is_kept_with_the_bot()
    {
        await using var sides = await FarSides.StartAsync();
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = sides.MammutUrl });
        var messages = new Dictionary<string, object?> { ["handOver"] = new Dictionary<string, object?> { ["es"] = "Le atiende una persona." } };

        var made = await portal.Api.PostAsync("bots", new Dictionary<string, object?>(sides.BotSettings()) { ["messages"] = messages });

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("Le atiende una persona.", (string?)made.Json["messages"]!["handOver"]!["es"]);
    }
}
