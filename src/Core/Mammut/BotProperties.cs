using System.Text.Json.Nodes;

namespace Core.Mammut;

/// <summary>
/// The properties of a Freshchat bot at Mammut (mammut.md 4.1). Null is left out: absent when creating, unchanged when updating.
/// An empty text is left out when creating and sent as <c>""</c> when updating, which is how a group is switched off (mammut.md 4.3).
/// </summary>
public sealed record BotProperties
{
    /// <summary><c>name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>freshchat-actor-id</c>: id of the Freshchat agent.</summary>
    public string? FreshchatActorId { get; init; }

    /// <summary><c>freshchat-access-token</c>: the Freshchat API token; a secret.</summary>
    public string? FreshchatAccessToken { get; init; }

    /// <summary><c>freshchat-app-id</c>.</summary>
    public string? FreshchatAppId { get; init; }

    /// <summary><c>freshchat-group-name</c>: a name, not an id.</summary>
    public string? FreshchatGroupName { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() =>
        $"{nameof(BotProperties)} {{ Name = {Name}, FreshchatActorId = {FreshchatActorId}, "
        + $"FreshchatAppId = {FreshchatAppId}, FreshchatGroupName = {FreshchatGroupName} }}";

    /// <summary>The body that creates the bot: empty properties are left out (mammut.md 4.2).</summary>
    internal JsonObject CreateBody()
    {
        var body = new JsonObject { ["user-type"] = "machine" };
        foreach (var (name, value) in Wire())
        {
            if (value.Length > 0)
                body.Add(name, value);
        }
        return body;
    }

    /// <summary>The properties that are set, by their wire names.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Wire()
    {
        foreach (var (name, value) in new (string, string?)[]
        {
            ("name", Name),
            ("freshchat-actor-id", FreshchatActorId),
            ("freshchat-access-token", FreshchatAccessToken),
            ("freshchat-app-id", FreshchatAppId),
            ("freshchat-group-name", FreshchatGroupName),
        })
        {
            if (value is not null)
                yield return new(name, value);
        }
    }
}
