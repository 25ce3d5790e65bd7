using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Mammut;

/// <summary>The graph API as a portal speaks it.</summary>
internal sealed class Graph(RunningSandbox sandbox)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<(HttpStatusCode Status, JsonObject Body)> GetAsync(string path)
    {
        using var response = await sandbox.Http.GetAsync($"/sandbox/mammut/app:mammut-1/{path}");
        return (response.StatusCode, await BodyOf(response));
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await sandbox.Http.PostAsync($"/sandbox/mammut/app:mammut-1/{path}", content);
        return (response.StatusCode, await BodyOf(response));
    }

    /// <summary>A bot as the wizard creates it.</summary>
    public async Task<long> CreateBotAsync() =>
        IdOf("user", (await PostAsync("graph/user", Example.Text("mammut-create-bot-request"))).Body);

    public async Task<long> CreateVisitorAsync() =>
        IdOf("user", (await PostAsync("graph/user", Example.Text("mammut-create-visitor-request"))).Body);

    /// <summary>A room with visitor and bot; without a context the room has no <c>sub-channel</c>.</summary>
    public async Task<Talk> BeginAsync(string? context = "comida")
    {
        var (bot, visitor) = (await CreateBotAsync(), await CreateVisitorAsync());
        var request = Example.Json("mammut-create-room-request");
        request["has@user"]!["id"] = bot;
        request["sub-channel"] = context;
        if (context is null)
            request.Remove("sub-channel");
        var (_, result) = await PostAsync($"graph/user:{visitor}/create:=room", request.ToJsonString());
        return new(this, bot, visitor, IdOf("room", result));
    }

    /// <summary>Number of the first vertex of that name in a task result.</summary>
    public static long IdOf(string vertex, JsonObject taskResult) =>
        (long)taskResult["taskResult"]!.AsArray().First(e => (string?)e!["affectedElementName"] == vertex)!["affectedElementId"]!;

    internal sealed record Talk(Graph Graph, long Bot, long Visitor, long Room)
    {
        public async Task<(HttpStatusCode Status, JsonObject Body)> SayAsync(string text, string date = "now") =>
            await Graph.PostAsync(
                $"graph/user:{Visitor}/send:=thought",
                new JsonObject
                {
                    ["text"] = text,
                    ["creation-date"] = date,
                    ["in@room"] = new JsonObject { ["id"] = Room },
                }.ToJsonString()
            );

        public async Task<JsonObject> ReadAsync(string filter = "", int depth = 2) =>
            (await Graph.GetAsync($"graph:{depth}/room:{Room}/with::thought{filter}")).Body;

        /// <summary>Reads until the room is as wanted, as a portal does.</summary>
        public async Task<JsonObject> ReadUntilAsync(Func<JsonNode[], bool> wanted)
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            while (true)
            {
                var read = await ReadAsync();
                if (wanted(ThoughtsIn(read)))
                    return read;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
        }

        /// <summary>What the bot said to a text, once it has said so many thoughts in all.</summary>
        public async Task<string[]> AskAsync(string text, int thoughts = 1)
        {
            await SayAsync(text);
            var read = await ReadUntilAsync(all => all.Count(IsBot) >= thoughts);
            return [.. ThoughtsIn(read).Where(IsBot).Select(t => (string)t["text"]!)];
        }

        public bool IsBot(JsonNode thought) => (long)thought["send-by"]!["user"]![0]!["id"]! == Bot;

        public static JsonNode[] ThoughtsIn(JsonObject read) => [.. read["data"]!["thought"]?.AsArray().Select(t => t!) ?? []];

        public static bool HasIssue(JsonNode thought) => thought["cause"] is not null;
    }

    private static async Task<JsonObject> BodyOf(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
}
