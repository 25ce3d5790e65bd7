using System.Net;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Freshchat;

/// <summary>The REST API as a client meets it: shapes of the contract's examples, paging, errors (freshchat.md 3-5, 14).</summary>
public sealed class RestApiTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    [Fact]
    public async Task Setup_reads_have_the_shape_of_the_examples()
    {
        Json.AssertShapeOf("rest-accounts-configuration", await sandbox.ReadAsync("/accounts/configuration"));
        Json.AssertShapeOf("rest-agents-page-1", await sandbox.ReadAsync("/agents?items_per_page=2"));
        Json.AssertShapeOf("rest-groups-page-1", await sandbox.ReadAsync("/groups?items_per_page=50"));
        Json.AssertShapeOf("rest-channels", await sandbox.ReadAsync("/channels"));
        Json.AssertShapeOf("rest-agent", await sandbox.ReadAsync($"/agents/{sandbox.Agent("Marta Antigua")}"));
    }

    [Fact]
    public async Task Groups_are_read_page_by_page_until_there_is_no_next()
    {
        var names = new List<string>();
        for (var page = 1; ; page++)
        {
            var list = await sandbox.ReadAsync($"/groups?items_per_page=50&page={page}");
            names.AddRange(list["groups"]!.AsArray().Select(g => (string)g!["name"]!));
            if (list["links"]!["next_page"] is not { } next)
                break;
            Assert.StartsWith("/v2/groups?", (string)next["href"]!, StringComparison.Ordinal);
        }
        Assert.Equal(5, names.Count);
        Assert.Contains("Mammut Bot Support team", names);
        Assert.Equal(2, names.Count(n => n == "Turno de tarde"));
    }

    [Fact]
    public async Task A_page_beyond_the_last_is_the_wrong_page()
    {
        using var response = await sandbox.ApiAsync(HttpMethod.Get, "/groups?page=99");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(Json.Example("error-404-wrong-page").ToJsonString(), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task One_group_has_the_bots_agent_as_member_and_the_support_team_has_not()
    {
        await sandbox.SwitchAsync("groups-per-page", 50);
        var groups = (await sandbox.ReadAsync("/groups?items_per_page=50"))["groups"]!.AsArray();
        await sandbox.SwitchAsync("groups-per-page", 2);
        var withBot = groups
            .Where(g => g!["agents"]!.AsArray().Any(a => (string)a! == sandbox.BotAgent))
            .Select(g => (string)g!["name"]!);
        Assert.Equal("Autoservicio", Assert.Single(withBot));
    }

    [Theory]
    [InlineData("/agents/00000000-0000-0000-0000-000000000000", "error-404-agent")]
    [InlineData("/agents?availability_status=BUSY", "error-404-agent")]
    public async Task Unknown_agents_are_told_as_in_the_example(string path, string example)
    {
        using var response = await sandbox.ApiAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(Json.Example(example).ToJsonString(), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/agents")]
    [InlineData("/nothing/here")]
    public async Task A_wrong_token_is_refused_everywhere(string path)
    {
        using var response = await sandbox.ApiAsync(HttpMethod.Get, path, token: sandbox.Token + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(Json.Example("error-401").ToJsonString(), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_answer_carries_a_trace_id_and_the_rate_limit()
    {
        using var response = await sandbox.ApiAsync(HttpMethod.Get, "/channels");
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", response.Headers.GetValues("X-Trace-ID").Single());
        var (limit, left) = (
            response.Headers.GetValues("X-RateLimit-Limit").Single(),
            response.Headers.GetValues("X-RateLimit-Remaining").Single()
        );
        Assert.InRange(int.Parse(left, null), 0, int.Parse(limit, null));
    }

    [Theory]
    [InlineData("html-host", 200, "text/html")]
    [InlineData("redirect", 302, null)]
    [InlineData("token-refused", 401, "application/json")]
    [InlineData("no-scope", 403, "application/json")]
    [InlineData("unavailable", 503, "application/json")]
    public async Task A_fault_lasts_as_many_requests_as_it_was_switched_on_for(string fault, int status, string? type)
    {
        await sandbox.SwitchAsync(fault, 1);
        using var faulty = await sandbox.ApiAsync(HttpMethod.Get, "/channels");
        using var sound = await sandbox.ApiAsync(HttpMethod.Get, "/channels");
        Assert.Equal(status, (int)faulty.StatusCode);
        Assert.Equal(type, faulty.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
    }

    [Fact]
    public async Task A_user_shows_its_site_only_while_the_switch_is_on()
    {
        var visitor = await sandbox.VisitorAsync("comida");
        Json.AssertShapeOf("rest-user-with-site", await sandbox.ReadAsync($"/users/{visitor}"));
        await sandbox.SwitchAsync("site-id-in-properties", false);
        var hidden = await sandbox.ReadAsync($"/users/{visitor}");
        await sandbox.SwitchAsync("site-id-in-properties", true);
        Assert.Empty(hidden["properties"]!.AsArray());
        Json.AssertShapeOf("rest-user-without-site", await sandbox.ReadAsync($"/users/{await sandbox.VisitorAsync(null)}"));
    }

    [Fact]
    public async Task One_reference_may_belong_to_a_user_of_each_site()
    {
        using var bare = await sandbox.ApiAsync(HttpMethod.Get, "/users");
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        var found = await sandbox.ReadAsync("/users?reference_id=comida:1042");
        Json.AssertShapeOf("rest-users-same-reference", found);
        Assert.Equal(
            ["comida", "utensilios"],
            found["users"]!.AsArray().Select(u => (string)u!["properties"]![0]!["value"]!).Order()
        );
    }

    [Fact]
    public async Task An_agent_is_deleted_on_request_and_an_offline_one_keeps_its_availability()
    {
        var offline = sandbox.Agent("Marta Antigua");
        using var change = await sandbox.ApiAsync(
            HttpMethod.Patch,
            $"/agents/{offline}",
            new { availability_status = "AVAILABLE" }
        );
        Assert.Equal(HttpStatusCode.Conflict, change.StatusCode);
        using var delete = await sandbox.ApiAsync(HttpMethod.Delete, $"/agents/{sandbox.Agent("Cuenta")}");
        Assert.Equal(HttpStatusCode.Accepted, delete.StatusCode);
        Assert.Equal(Json.Example("error-202-accepted").ToJsonString(), await delete.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_user_lists_the_ids_of_its_conversations()
    {
        var visitor = await sandbox.VisitorAsync("utensilios");
        var conversation = await sandbox.WriteAsync(visitor, "Hola", "utensilios");
        var list = await sandbox.ReadAsync($"/users/{visitor}/conversations");
        Assert.Equal($$"""[{"id":"{{conversation}}"}]""", list["conversations"]!.ToJsonString());
        Assert.IsType<JsonArray>(list["conversations"]);
    }
}
