using System.Net;
using System.Text;
using Portal.Tests.Webhooks;
using Support;

namespace Portal.Tests.Api;

/// <summary>Bots that are connected are changed, checked and cloned by scripts, and what was done is read back (portal.md 3).</summary>
[Trait("Database", "both")]
public sealed class ChangeBotTests(ConnectedPortal connected) : IClassFixture<ConnectedPortal>
{
    private string Path => $"bots/{connected.Bot["id"]}";

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        var before = await connected.Portal.Api.GetAsync(Path);
        var tag = before.Headers["ETag"];

        var changed = await PatchAsync("""{"locale":"es","policies":{"giveBackAfterHours":8},"messages":{"handOver":{"es":"Ahora le atiende Ana."}}}""", tag);

        Assert.True(changed.Status == HttpStatusCode.OK, changed.Text);
        Assert.NotEqual(tag, changed.Headers["ETag"]);
        Assert.Equal(("es", 8), ((string?)changed.Json["locale"], (int)changed.Json["policies"]!["giveBackAfterHours"]!));
        Assert.Equal("Ahora le atiende Ana.", (string?)changed.Json["messages"]!["handOver"]!["es"]);
        Assert.Equal(before.Json["freshchat"]!.ToJsonString(), changed.Json["freshchat"]!.ToJsonString());

        Assert.Equal((HttpStatusCode.PreconditionFailed, "version_mismatch"), Fault(await PatchAsync("""{"locale":"en"}""", tag)));
        var cleared = await PatchAsync("""{"locale":null,"policies":{"giveBackAfterHours":null,"noText":"ignore"}}""");
        Assert.Equal((null, null, "ignore"), ((string?)cleared.Json["locale"], cleared.Json["policies"]!["giveBackAfterHours"], (string?)cleared.Json["policies"]!["noText"]));
        Assert.Equal("Ahora le atiende Ana.", (string?)cleared.Json["messages"]!["handOver"]!["es"]);

        var audit = (await connected.Portal.Api.GetAsync($"audit?bot={connected.Bot["id"]}")).Json["items"]!.AsArray();
        Assert.Contains(audit, entry => (string?)entry!["what"] == "connected");
        Assert.Contains(audit.SelectMany(entry => entry!["fields"]!.AsArray()), field => (string?)field!["field"] == "giveBackAfterHours" && (string?)field["after"] == "8");
    }

    [Theory]
    [InlineData("""{"freshchat":{"apiToken":null}}""", 400, "required")]
    [InlineData("""{"freshchat":{"publicKeys":null}}""", 409, "public_key_last")]
    [InlineData("""{"freshchat":{"groupName":"nobody"}}""", 422, "group_not_found")]
    [InlineData("""{"freshchat":{"groupName":"Autoservicio"}}""", 422, "group_contains_bot")]
    [InlineData("""{"mammut":{"mammutId":1}}""", 409, "mammut_id_fixed")]
    [InlineData("""{"name":null}""", 400, "required")]
    [InlineData("""{"policies":{"noText":"shout"}}""", 400, "invalid_json")]
    [InlineData("""[]""", 400, "invalid_json")]
    [InlineData("""{"freshchat":{},"freshchat":{}}""", 400, "invalid_json")]
    [InlineData("""{"freshchat":{"agentId":"a","AgentId":"b"}}""", 400, "invalid_json")]
    public async Task What_a_patch_may_not_do_is_refused_with_its_code(string patch, int status, string code) =>
        Assert.Equal(((HttpStatusCode)status, code), Fault(await PatchAsync(patch)));

    [Fact]
    public async Task A_check_tells_what_the_far_sides_say_and_a_clone_is_a_draft()
    {
        var check = await connected.Portal.Api.PostAsync(Path + "/check");
        Assert.True(check.Status == HttpStatusCode.OK, check.Text);
        Assert.NotNull(check.Json["checkedAt"]);
        Assert.Contains(check.Json["health"]!.AsArray(), c => (string?)c!["check"] == "agent" && (string?)c["state"] == "ok");

        var clone = await connected.Portal.Api.PostAsync(Path + "/clone", new { name = "freshbot copy" });
        Assert.Equal((HttpStatusCode.Created, "draft", "freshbot copy"), (clone.Status, (string?)clone.Json["status"], (string?)clone.Json["name"]));
        Assert.Null(clone.Json["freshchat"]!["apiTokenHint"]);
    }

    [Theory]
    [InlineData("POST", "/pause", null)]
    [InlineData("POST", "/resume", null)]
    [InlineData("POST", "/connect", null)]
    [InlineData("POST", "/clone", "{}")]
    [InlineData("POST", "/token", """{"apiToken":"another"}""")]
    [InlineData("PATCH", "", """{"locale":"en"}""")]
    [InlineData("DELETE", "", null)]
    public async Task Whoever_holds_another_version_writes_nothing(string method, string path, string? body)
    {
        var before = await connected.Portal.Api.GetAsync(Path);

        foreach (var tag in (string[])["\"9999\"", "W/" + before.Headers["ETag"], "latest"])
        {
            var refused = await connected.Portal.Api.SendAsync(new(method), Path + path, body, tag);
            Assert.Equal((HttpStatusCode.PreconditionFailed, "version_mismatch"), Fault(refused));
        }

        Assert.Equal(before.Headers["ETag"], (await connected.Portal.Api.GetAsync(Path)).Headers["ETag"]);
    }

    [Fact]
    public async Task Every_answer_that_shows_a_bot_tells_its_version()
    {
        var clone = await connected.Portal.Api.SendAsync(HttpMethod.Post, Path + "/clone", new { }, (await connected.Portal.Api.GetAsync(Path)).Headers["ETag"]);
        var paused = await connected.Portal.Api.PostAsync(Path + "/pause");
        var resumed = await connected.Portal.Api.SendAsync(HttpMethod.Post, Path + "/resume", null, paused.Headers["ETag"]);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK), (clone.Status, paused.Status, resumed.Status));
        Assert.All((ApiAnswer[])[clone, paused, resumed], answer => Assert.Equal($"\"{answer.Json["version"]}\"", answer.Headers["ETag"]));
        var gone = await connected.Portal.Api.SendAsync(HttpMethod.Delete, $"bots/{clone.Json["id"]}", null, clone.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.NoContent, gone.Status);
    }

    [Fact]
    public async Task A_token_that_is_null_is_taken_out_of_a_draft()
    {
        var draft = await connected.Portal.Api.PostAsync("bots", new { draft = true, freshchat = new { apiToken = "example-token-not-a-secret-0042" } });
        Assert.Equal("…0042", (string?)draft.Json["freshchat"]!["apiTokenHint"]);

        var path = $"bots/{draft.Json["id"]}";
        var renamed = await connected.Portal.Api.SendAsync(HttpMethod.Patch, path, """{"name":"b"}""", draft.Headers["ETag"]);
        var cleared = await connected.Portal.Api.SendAsync(HttpMethod.Patch, path, """{"freshchat":{"apiToken":null}}""", renamed.Headers["ETag"]);

        Assert.Equal("…0042", (string?)renamed.Json["freshchat"]!["apiTokenHint"]);
        Assert.Equal(("b", null), ((string?)cleared.Json["name"], (string?)cleared.Json["freshchat"]!["apiTokenHint"]));
    }

    private static (HttpStatusCode, string?) Fault(ApiAnswer answer) => (answer.Status, answer.Code);

    private async Task<ApiAnswer> PatchAsync(string patch, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/" + Path) { Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json") };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        using var response = await connected.Portal.Api.Http.SendAsync(request);
        return await ApiAnswer.OfAsync(response);
    }
}
