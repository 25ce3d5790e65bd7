using System.Text.Json;
using Benchmarks.Load;

namespace Benchmarks.FarSides;

/// <summary>The REST API of one account (freshchat.md 5): set-up reads, any conversation, any user, replies.</summary>
internal sealed class FreshchatAnswers(Account account, TurnTimes times, Echoes echoes)
{
    private const string Page = "\"pagination\":{\"total_items\":1,\"total_pages\":1,\"current_page\":1,\"items_per_page\":50},\"links\":{}";

    private readonly byte[] _configuration = FarJson.Bytes($$"""{"account_id":4711,"app_id":"{{account.AppId}}","account_domain":"benchmark.freshchat.com"}""");
    private readonly byte[] _agents = FarJson.Bytes($$"""{"agents":[{"id":"{{account.AgentId}}","first_name":"Bot","is_deactivated":false}],{{Page}}}""");
    private readonly byte[] _groups = FarJson.Bytes($$"""{"groups":[{"id":"{{account.GroupId}}","name":"{{Account.GroupName}}","agents":[]}],{{Page}}}""");
    private readonly byte[] _channels = FarJson.Bytes($$"""{"channels":[],{{Page}}}""");
    private readonly byte[] _noMessages = FarJson.Bytes("""{"messages":[]}""");
    private int _handOvers;

    /// <summary>Conversations that were given to people.</summary>
    public int HandOvers => _handOvers;

    public byte[] Answer(string method, string path, string query, byte[] body, long arrived)
    {
        var parts = path.Split('/')[3..];
        switch (method, parts)
        {
            case ("POST", ["conversations", var id, "messages"]):
                return Post(id, body, arrived);
            case ("GET", ["conversations", var id, "messages"]):
                return query.Contains("page=1&", StringComparison.Ordinal) ? FirstMessages(id) : _noMessages;
            case ("PUT", ["conversations", var id]):
                Interlocked.Increment(ref _handOvers);
                return Conversation(id);
            case ("GET", ["conversations", var id]):
                return Conversation(id);
            case ("GET", ["users", var id]):
                return FarJson.Bytes($$"""{"id":"{{id}}","first_name":"Cliente","properties":[]}""");
            case ("GET", ["agents"]):
                return _agents;
            case ("GET", ["groups"]):
                return _groups;
            case ("GET", ["channels"]):
                return _channels;
            default:
                return _configuration;
        }
    }

    private byte[] Post(string conversation, byte[] body, long arrived)
    {
        times.Replied(body, arrived);
        using var posted = JsonDocument.Parse(body);
        var text = posted.RootElement.GetProperty("message_parts")[0].GetProperty("text").GetProperty("content").GetString()!;
        var (id, at) = (Guid.NewGuid().ToString(), TimeProvider.System.GetUtcNow());
        echoes.Add(conversation, id, at, text);
        return FarJson.Bytes(Message(id, conversation, "agent", account.AgentId, FarJson.Now(), text));
    }

    // The customer's own message: what a first look finds in a new conversation.
    private byte[] FirstMessages(string conversation) =>
        FarJson.Bytes($$"""{"messages":[{{Message("m-" + conversation, conversation, "user", "customer", FarJson.Now(), "Hola")}}]}""");

    private byte[] Conversation(string id) =>
        FarJson.Bytes($$"""{"conversation_id":"{{id}}","app_id":"{{account.AppId}}","status":"new","assigned_group_id":"{{account.GroupId}}","assigned_agent_id":""}""");

    private string Message(string id, string conversation, string actor, string actorId, string at, string text) =>
        $$$"""{"id":"{{{id}}}","app_id":"{{{account.AppId}}}","conversation_id":"{{{conversation}}}","actor_type":"{{{actor}}}","actor_id":"{{{actorId}}}","message_type":"normal","message_parts":[{"text":{"content":{{{JsonSerializer.Serialize(text)}}}}}],"created_time":"{{{at}}}"}""";
}
