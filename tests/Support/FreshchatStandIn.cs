using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Support;

/// <summary>One Freshchat account: set-up reads, conversations of any id, replies and assignments (freshchat.md 5).</summary>
public sealed class FreshchatStandIn : IDisposable
{
    /// <summary>The group that takes over.</summary>
    public const string GroupName = "Mammut Bot Support team";

    private readonly ConcurrentDictionary<string, Conversation> _conversations = new();

    /// <summary>The account.</summary>
    public string AppId { get; } = Guid.NewGuid().ToString();

    /// <summary>Its API token.</summary>
    public string Token { get; } = $"freshchat-token-{Guid.NewGuid():N}";

    /// <summary>Signs its webhooks.</summary>
    public SigningKey Key { get; } = new();

    /// <summary>Agent made for the bot.</summary>
    public string BotAgent { get; } = Guid.NewGuid().ToString();

    /// <summary>A person.</summary>
    public string OtherAgent { get; } = Guid.NewGuid().ToString();

    /// <summary>An agent who has left.</summary>
    public string FormerAgent { get; } = Guid.NewGuid().ToString();

    /// <summary>Group <see cref="GroupName"/>.</summary>
    public string Group { get; } = Guid.NewGuid().ToString();

    /// <summary>Another group.</summary>
    public string OtherGroup { get; } = Guid.NewGuid().ToString();

    /// <summary>A topic.</summary>
    public string Channel { get; } = Guid.NewGuid().ToString();

    /// <summary>Texts the portal has posted in a conversation, in order.</summary>
    public IReadOnlyList<string> Replies(string conversation) => Find(conversation).Texts;

    /// <summary>Group that has a conversation; null = none.</summary>
    public string? GroupOf(string conversation) => Find(conversation).Group;

    /// <summary>Stops the account's clock for one conversation, so that what happens in it has a known order.</summary>
    public void StopClock(string conversation, DateTimeOffset at) => Find(conversation).StoppedAt = at;

    /// <inheritdoc />
    public void Dispose() => Key.Dispose();

    internal FarReply Answer(FarRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
            return FarReply.Example(401, "error-401.json");
        var path = request.Path["/v2/".Length..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        return (request.Method, path) switch
        {
            ("GET", ["accounts", "configuration"]) => Json(new { account_id = 4711, app_id = AppId, account_domain = "acme.freshchat.com" }),
            ("GET", ["agents"]) => Json(new { agents = Agents(), pagination = OnlyPage, links = new { } }),
            ("GET", ["groups"]) => Json(new { groups = Groups(), pagination = OnlyPage, links = new { } }),
            ("GET", ["channels"]) => Json(new { channels = new[] { new { id = Channel, name = "Comida", enabled = true } }, pagination = OnlyPage }),
            ("GET", ["users", var id]) => Json(new { id, properties = Array.Empty<object>() }),
            ("GET", ["conversations", var id]) => Json(Find(id).Read(id, AppId)),
            ("PUT", ["conversations", var id]) => Json(Find(id).Assign(request.Body).Read(id, AppId)),
            ("GET", ["conversations", var id, "messages"]) => Json(new { messages = Page(request.Target) == 1 ? Find(id).Messages : [] }),
            ("POST", ["conversations", var id, "messages"]) => Json(Find(id).Post(request.Body, id, AppId)),
            _ => FarReply.Example(404, "error-404-agent.json"),
        };
    }

    private Conversation Find(string id) => _conversations.GetOrAdd(id, _ => new Conversation());

    private object[] Agents() =>
        [
            new { id = BotAgent, first_name = "Bot", last_name = "Mammut", is_deactivated = false },
            new { id = OtherAgent, first_name = "Soporte", last_name = "Uno", is_deactivated = false },
            new { id = FormerAgent, first_name = "Marta", last_name = "Antigua", is_deactivated = true },
        ];

    private object[] Groups() =>
        [
            new { id = Group, name = GroupName, agents = new[] { OtherAgent } },
            new { id = OtherGroup, name = "Pedidos", agents = new[] { OtherAgent } },
            new { id = "5b6f1f7e-0000-4000-8000-000000000001", name = "Turno de tarde", agents = new[] { OtherAgent } },
            new { id = "5b6f1f7e-0000-4000-8000-000000000002", name = "Turno de tarde", agents = new[] { OtherAgent } },
            new { id = "5b6f1f7e-0000-4000-8000-000000000003", name = "Autoservicio", agents = new[] { BotAgent, OtherAgent } },
        ];

    private static readonly object OnlyPage = new { total_items = 5, total_pages = 1, current_page = 1, items_per_page = 50 };

    private static int Page(string target) =>
        target.Split("page=") is [_, var page, ..] ? int.Parse(page.Split('&')[0], CultureInfo.InvariantCulture) : 1;

    private static FarReply Json(object body) => new(200, System.Text.Json.JsonSerializer.Serialize(body));

    private sealed class Conversation
    {
        private readonly ConcurrentQueue<JsonNode> _messages = new();
        private string? _updated;

        public DateTimeOffset? StoppedAt { get; set; }

        public string? Group { get; private set; }

        private string? Agent { get; set; }

        public IReadOnlyList<JsonNode> Messages => [.. _messages.Reverse()];

        public IReadOnlyList<string> Texts => [.. _messages.Select(m => (string)m["message_parts"]![0]!["text"]!["content"]!)];

        public object Read(string id, string appId) =>
            new
            {
                conversation_id = id,
                app_id = appId,
                status = "new",
                assigned_group_id = Group ?? "",
                assigned_agent_id = Agent ?? "",
                updated_time = _updated,
            };

        public Conversation Assign(string body)
        {
            var asked = JsonNode.Parse(body)!;
            Group = (string?)asked["assigned_group_id"] ?? Group;
            Agent = (string?)asked["assigned_agent_id"] ?? Agent;
            _updated = Now();
            return this;
        }

        public JsonNode Post(string body, string conversation, string appId)
        {
            var message = JsonNode.Parse(body)!;
            message["id"] = Guid.NewGuid().ToString();
            message["conversation_id"] = conversation;
            message["app_id"] = appId;
            message["created_time"] = Now();
            _messages.Enqueue(message);
            return message;
        }

        private string Now() =>
            (StoppedAt ?? TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    }
}
