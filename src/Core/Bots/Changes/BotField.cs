using System.Globalization;
using Core.Freshchat;

namespace Core.Bots.Changes;

/// <summary>One setting of a bot as people compare it: by name and as text. Names are those at which faults are reported.</summary>
/// <param name="Name">Stable name, for example <c>groupName</c>.</param>
/// <param name="Read">The value as text; null = not set. Never a secret.</param>
/// <param name="Copy">Takes the value of the first settings over into the second.</param>
public sealed record BotField(string Name, Func<BotSettings, string?> Read, Action<BotSettings, BotSettings> Copy)
{
    /// <summary>Every setting but token and keys, in the order in which pages show them.</summary>
    public static IReadOnlyList<BotField> All { get; } =
    [
        new("name", s => Text(s.Name), (from, to) => to.Name = from.Name),
        new("chatUrl", s => Text(s.Freshchat.ChatUrl), (from, to) => to.Freshchat.ChatUrl = from.Freshchat.ChatUrl),
        new("appId", s => Text(s.Freshchat.AppId), (from, to) => to.Freshchat.AppId = from.Freshchat.AppId),
        new("agentId", s => Text(s.Freshchat.AgentId), (from, to) => to.Freshchat.AgentId = from.Freshchat.AgentId),
        new("groupName", s => Text(s.Freshchat.GroupName), (from, to) => to.Freshchat.GroupName = from.Freshchat.GroupName),
        new("mode", s => s.Mammut.Mode?.ToString(), (from, to) => to.Mammut.Mode = from.Mammut.Mode),
        new("locale", s => Text(s.Locale), (from, to) => to.Locale = from.Locale),
        new("defaultContext", s => Text(s.DefaultContext), (from, to) => to.DefaultContext = from.DefaultContext),
        new("quietWindow", s => s.QuietWindow?.ToString("c", CultureInfo.InvariantCulture), (from, to) => to.QuietWindow = from.QuietWindow),
        new("withoutGroup", s => Policies(s).WithoutGroup.ToString(), (from, to) => to.Policies = Policies(to) with { WithoutGroup = Policies(from).WithoutGroup }),
        new(
            "systemAssignment",
            s => Policies(s).SystemAssignment.ToString(),
            (from, to) => to.Policies = Policies(to) with { SystemAssignment = Policies(from).SystemAssignment }
        ),
        new("noText", s => Policies(s).NoText.ToString(), (from, to) => to.Policies = Policies(to) with { NoText = Policies(from).NoText }),
        new(
            "giveBackAfterHours",
            s => Policies(s).GiveBackAfterHours?.ToString(CultureInfo.InvariantCulture),
            (from, to) => to.Policies = Policies(to) with { GiveBackAfterHours = Policies(from).GiveBackAfterHours }
        ),
        new("handOverEs", s => Text(HandOver(s).Es), (from, to) => Say(to, m => m with { HandOver = m.HandOver with { Es = HandOver(from).Es } })),
        new("handOverEn", s => Text(HandOver(s).En), (from, to) => Say(to, m => m with { HandOver = m.HandOver with { En = HandOver(from).En } })),
        new("unavailableEs", s => Text(Unavailable(s).Es), (from, to) => Say(to, m => m with { Unavailable = m.Unavailable with { Es = Unavailable(from).Es } })),
        new("unavailableEn", s => Text(Unavailable(s).En), (from, to) => Say(to, m => m with { Unavailable = m.Unavailable with { En = Unavailable(from).En } })),
        new("sites", Sites, (from, to) => to.Sites = [.. from.Sites]),
    ];

    /// <summary>What changed from the first to the second, in that order.</summary>
    public static IReadOnlyList<FieldChange> Between(BotSettings before, BotSettings after) =>
        [.. All.Select(field => new FieldChange(field.Name, field.Read(before), field.Read(after))).Where(change => change.Before != change.After)];

    /// <summary>What changed from a bot as read to settings as written, public keys included; a token says nothing of itself.</summary>
    public static IReadOnlyList<FieldChange> Between(BotView before, BotSettings after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = Between(before.ToSettings(), after);
        // Absent keys stay as they are.
        if (after.Freshchat.PublicKeys is not { } texts)
            return changes;
        var keys = new FieldChange(
            "publicKeys",
            Lines(before.Freshchat.PublicKeys.Select(key => key.Fingerprint)),
            Lines(texts.Select(text => FreshchatKey.Read(text).Value).OfType<FreshchatKey>().Select(key => key.Fingerprint))
        );
        return keys.Before == keys.After ? changes : [.. changes, keys];
    }

    private static string? Lines(IEnumerable<string> fingerprints) =>
        Text(string.Join('\n', fingerprints.Distinct().Order(StringComparer.Ordinal)));

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static BotPolicies Policies(BotSettings settings) => settings.Policies ?? new();

    private static BilingualText HandOver(BotSettings settings) => (settings.Messages ?? new()).HandOver;

    private static BilingualText Unavailable(BotSettings settings) => (settings.Messages ?? new()).Unavailable;

    private static void Say(BotSettings settings, Func<BotMessages, BotMessages> change) => settings.Messages = change(settings.Messages ?? new());

    private static string? Sites(BotSettings settings) =>
        settings.Sites.Count == 0 ? null : string.Join('\n', settings.Sites.Select(rule => $"{rule.Source}: {rule.SiteId.Trim()} → {rule.Context.Trim()}"));
}

/// <summary>One setting that changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What it was; null = not set. Of a secret only what may be shown.</param>
/// <param name="After">What it is now.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
