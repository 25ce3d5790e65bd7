using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>
/// An example in a conversation of its own: new ids of the same form wherever the old ones stand, all times shifted alike, the ids of
/// the account under test, compact UTF-8. The header of <c>expected.json</c> asks for exactly this.
/// </summary>
internal sealed partial class ExampleWebhook
{
    private readonly FreshchatStandIn _account;
    private readonly Dictionary<string, string> _ids = [];
    private readonly string? _numericId;

    public ExampleWebhook(Example example, FreshchatStandIn account, DateTimeOffset newest)
    {
        _account = account;
        Newest = newest;
        var text = CompactJson.Of(Repository.Payload(example.File));
        var payload = JsonNode.Parse(text)!;
        Substitute();
        foreach (var customer in Example.Customers)
            _ids[customer] = Renew(customer);
        if ((string?)payload["data"]!["message"]?["id"] is { } message)
            _ids[message] = Renew(message);
        var printed = ConversationId().Match(text).Groups[1].Value;
        if (!printed.EndsWith("_feedback", StringComparison.Ordinal))
            _ids[printed] = Renew(printed);
        var interaction = Interaction().Match(text);
        if (interaction.Success)
            _ids[interaction.Groups[1].Value] = _numericId = Renew(interaction.Groups[1].Value);
        else if (NumericId().Match(text) is { Success: true } numeric)
            _ids[numeric.Groups[1].Value] = _numericId = Renew(numeric.Groups[1].Value);

        var shifted = Shift(text, newest);
        Customer = _ids[Example.Customers.FirstOrDefault(c => text.Contains(c, StringComparison.Ordinal)) ?? Example.Customers[0]];
        Conversation = Rewrite(printed);
        Text = Rewrite(shifted);
        Episode = Interaction().Match(Text) is { Success: true } now ? (now.Groups[1].Value, long.Parse(now.Groups[2].Value, CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>When the newest thing in it happened.</summary>
    public DateTimeOffset Newest { get; }

    public string Conversation { get; }

    public string Customer { get; }

    public string Text { get; }

    public byte[] Body => Encoding.UTF8.GetBytes(Text);

    private (string Number, long Opened)? Episode { get; }

    /// <summary>A message that came before the example, in the same conversation.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="earlier">How long before the example.</param>
    /// <param name="agent">Who wrote it; null = the customer.</param>
    /// <param name="earlierEpisode">True when the example reopens the conversation.</param>
    public byte[] MessageBefore(string text, TimeSpan earlier, string? agent, bool earlierEpisode)
    {
        var (type, author) = agent is null ? ("user", Customer) : ("agent", agent);
        var time = Iso(Newest - earlier);
        var message = new JsonObject
        {
            ["message_parts"] = new JsonArray(new JsonObject { ["text"] = new JsonObject { ["content"] = text } }),
            ["app_id"] = _account.AppId,
            ["actor_id"] = author,
            ["id"] = Guid.NewGuid().ToString(),
            ["channel_id"] = _account.Channel,
            ["conversation_id"] = Conversation,
            ["message_type"] = "normal",
            ["actor_type"] = type,
            ["created_time"] = time,
            ["user_id"] = Customer,
        };
        if (_numericId is not null)
            message["freshchat_conversation_id"] = _numericId;
        if (Episode is { } episode)
            message["interaction_id"] = $"{episode.Number}-{(earlierEpisode ? episode.Opened - 3_600_000 : episode.Opened)}";
        var payload = new JsonObject
        {
            ["actor"] = new JsonObject { ["actor_type"] = type, ["actor_id"] = author },
            ["action"] = "message_create",
            ["action_time"] = time,
            ["data"] = new JsonObject { ["message"] = message },
        };
        return Encoding.UTF8.GetBytes(payload.ToJsonString());
    }

    private void Substitute()
    {
        _ids[Example.Printed("appId")] = _account.AppId;
        _ids[Example.Printed("botAgentId")] = _account.BotAgent;
        _ids[Example.Printed("otherAgentId")] = _account.OtherAgent;
        _ids[Example.Printed("groupId")] = _account.Group;
        _ids[Example.Printed("otherGroupId")] = _account.OtherGroup;
        _ids[Example.Printed("channelId")] = _account.Channel;
    }

    private string Rewrite(string text) => _ids.Aggregate(text, (t, id) => t.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private static string Renew(string id) =>
        id.All(char.IsDigit) ? RandomNumberGenerator.GetString("123456789", id.Length)
        : id.Split("_alias") is [var name, _] ? $"{name}_alias{Guid.NewGuid():N}"
        : id.Contains('-', StringComparison.Ordinal) ? Guid.NewGuid().ToString()
        : Guid.NewGuid().ToString("N");

    private static string Shift(string text, DateTimeOffset newest)
    {
        var times = IsoTime().Matches(text).Select(m => Read(m.Value));
        var openings = Interaction().Matches(text).Select(m => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)));
        var by = newest - times.Concat(openings).Max();
        text = IsoTime().Replace(text, m => Iso(Read(m.Value) + by));
        return Interaction().Replace(
            text,
            m => $"\"interaction_id\":\"{m.Groups[1].Value}-{long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) + (long)by.TotalMilliseconds}\""
        );
    }

    private static DateTimeOffset Read(string iso) => DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z")]
    private static partial Regex IsoTime();

    [GeneratedRegex("\"interaction_id\":\"([0-9]+)-([0-9]+)\"")]
    private static partial Regex Interaction();

    [GeneratedRegex("\"freshchat_conversation_id\":\"([0-9]+)\"")]
    private static partial Regex NumericId();

    [GeneratedRegex("\"conversation_id\":\"([^\"]+)\"")]
    private static partial Regex ConversationId();
}
