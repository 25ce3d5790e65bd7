using System.Net;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Mammut;

/// <summary>Creating, changing and reading bots (mammut.md 4 and 10).</summary>
public sealed class ProvisioningTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private readonly Graph _graph = new(sandbox);

    [Theory]
    [InlineData("mammut-create-bot-request", "mammut-create-bot-result")]
    [InlineData("mammut-create-visitor-request", "mammut-create-visitor-result")]
    public async Task Creating_a_user_answers_six_entries(string request, string result)
    {
        var (status, body) = await _graph.PostAsync("graph/user", Example.Text(request));

        Assert.Equal(HttpStatusCode.OK, status);
        Example.AssertLike(result, body);
        Assert.Equal(4120, (long)body["taskResult"]![4]!["affectedElementId"]!);
    }

    [Fact]
    public async Task A_bot_reads_back_with_its_token_masked()
    {
        var bot = await _graph.CreateBotAsync();

        var (_, deep) = await _graph.GetAsync($"graph:2/user:{bot}");
        var (_, flat) = await _graph.GetAsync($"graph/user:{bot}");

        Example.AssertLike("mammut-read-bot", deep);
        Assert.Equal("********", (string?)flat["data"]!["user"]![0]!["freshchat-access-token"]);
        Assert.Null(flat["data"]!["user"]![0]!["chat-in"]);
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_nothing_else()
    {
        var bot = await _graph.CreateBotAsync();

        var (_, result) = await _graph.PostAsync(
            $"graph/user:{bot}?freshchat-actor-id=%22new%22&freshchat-app-id=%22a%26b%3Bc%22",
            "not even JSON"
        );

        Example.AssertLike("mammut-update-bot-result", result);
        var user = await UserAsync(bot);
        Assert.Equal("new", (string?)user["freshchat-actor-id"]);
        Assert.Equal("a&b;c", (string?)user["freshchat-app-id"]);
        Assert.Equal("Equipo de soporte", (string?)user["freshchat-group-name"]);
        Assert.Equal("bot-demo", (string?)user["name"]);
    }

    [Theory]
    [InlineData("group-name=%22Uno%22", "freshchat-group-name", "\"Uno\"")]
    [InlineData("freshchat-group-name=%22%22", "freshchat-group-name", "\"\"")]
    [InlineData("name=\"raw quotes\"", "name", "\"raw quotes\"")]
    [InlineData("name=without quotes", "name", "\"without quotes\"")]
    [InlineData("name=%22one; two %5C%22three%5C%22 & four%22;x=1", "name", "\"one; two \\\"three\\\" & four\"")]
    [InlineData("name=%22a%22;nickname=%22b%22", "nickname", "\"b\"")]
    [InlineData("tags=[\"(a,b)\",\"c;d\"]", "tags", "[\"(a,b)\",\"c;d\"]")]
    [InlineData("address:%7B%22zip%22:1%7D", "address", "{\"zip\":1}")]
    [InlineData("plus=%221%2B1+1%22", "plus", "\"1\\u002B1\\u002B1\"")]
    [InlineData("active=true", "active", "true")]
    public async Task Values_are_JSON_or_text(string query, string property, string json)
    {
        var bot = await _graph.CreateBotAsync();

        var (status, _) = await _graph.PostAsync($"graph/user:{bot}?{query}", "{}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(json), (await UserAsync(bot))[property]),
            (await UserAsync(bot)).ToJsonString()
        );
    }

    [Theory]
    [InlineData("""{ "name": "x" }""", "mammut-error-400-user-type")]
    [InlineData("""{ "user-type": "máquina" }""", "mammut-error-400-user-type")]
    [InlineData("""{ "user-type": "machine" "name": "x" }""", "mammut-error-400-invalid-json")]
    [InlineData("""{ "name": "x", "name": "y", "user-type": "machine" }""", "mammut-error-400-invalid-json")]
    [InlineData("""["machine"]""", "mammut-error-400-invalid-json")]
    [InlineData("", "mammut-error-400-invalid-json")]
    public async Task A_faulty_body_is_refused(string body, string error)
    {
        var (status, answer) = await _graph.PostAsync("graph/user", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Example.AssertLike(error, answer);
    }

    [Fact]
    public async Task An_empty_main_email_is_taken_once_and_no_main_email_never()
    {
        await using var own = await RunningSandbox.StartAsync();
        var graph = new Graph(own);
        const string empty = """{ "user-type": "normal", "main-email": "" }""";

        Assert.Equal(HttpStatusCode.OK, (await graph.PostAsync("graph/user", empty)).Status);
        var (status, answer) = await graph.PostAsync("graph/user", empty);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Example.AssertLike("mammut-error-409-email", answer);

        await graph.CreateVisitorAsync();
        var visitor = await graph.CreateVisitorAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await graph.PostAsync($"graph/user:{visitor}?main-email=%22%22", "{}")).Status);
    }

    [Fact]
    public async Task What_is_not_there_reads_as_nothing_and_cannot_be_written()
    {
        var (readStatus, read) = await _graph.GetAsync("graph/user:1");
        Assert.Equal(HttpStatusCode.OK, readStatus);
        Example.AssertLike("mammut-read-not-found", read);

        var (status, answer) = await _graph.PostAsync("graph/user:1?name=%22x%22", "{}");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Example.AssertLike("mammut-error-404-user", answer);
    }

    [Fact]
    public async Task The_platforms_own_bot_is_found_by_its_fixed_name_and_by_its_email()
    {
        var (_, byName) = await _graph.GetAsync("fixed-vertex?type-name=user&config-id=mammut&depth=1");
        var (_, byEmail) = await _graph.GetAsync(
            "unique-vertex?type-name=user&property-name=main-email&property-value=alex@mammut.example.test&depth=1"
        );
        var (_, nobody) = await _graph.GetAsync(
            "unique-vertex?type-name=user&property-name=main-email&property-value=nobody@example.test"
        );

        Example.AssertLike("mammut-fixed-vertex", byName);
        Example.AssertLike("mammut-fixed-vertex", byEmail);
        Example.AssertLike("mammut-read-not-found", nobody);
    }

    [Theory]
    [InlineData("graph/planet")]
    [InlineData("graph/user:abc")]
    [InlineData("graph/user:99999999999999999999")]
    [InlineData("graph/user:1/like::room")]
    [InlineData("graph")]
    public async Task A_request_outside_the_grammar_is_not_found(string path)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _graph.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _graph.PostAsync(path, "{}")).Status);
    }

    private async Task<JsonNode> UserAsync(long id) => (await _graph.GetAsync($"graph/user:{id}")).Body["data"]!["user"]![0]!;
}
