using Core.Mammut;
using Core.Outcomes;

namespace Core.Bots.Connecting;

/// <summary>Shows what will be sent to Mammut, made by the code that sends it, with the token masked.</summary>
public sealed class PreviewProvisioning(MammutAddress mammut)
{
    /// <summary>The request that leaving the step "Bot" makes: an update when a Mammut id is set, else a create (mammut.md 4.2, 4.3).</summary>
    /// <param name="settings">The settings as typed.</param>
    /// <param name="tokenHint">What may be shown of the token; null = there is none yet.</param>
    public ProvisioningRequest Of(BotSettings settings, string? tokenHint)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var bot = WriteSettings.Unsaved(settings);
        var all = ProvisionInMammut.Everything(bot, tokenHint is null ? null : Redaction.Mask + tokenHint);
        var root = mammut.BaseUrl().TrimEnd('/');
        return bot.MammutId is { } id
            ? new($"POST {root}/{MammutClient.UserPath}:{id}", [.. ProvisionInMammut.ToUpdate(all).Wire()])
            : new($"POST {root}/{MammutClient.UserPath}", [.. all.CreateBody().Select(property => KeyValuePair.Create(property.Key, (string?)property.Value ?? ""))]);
    }
}

/// <summary>One request to Mammut, for people.</summary>
/// <param name="Line">Method and address, without the properties.</param>
/// <param name="Properties">The properties by their wire names, in the order in which they are sent.</param>
public sealed record ProvisioningRequest(string Line, IReadOnlyList<KeyValuePair<string, string>> Properties);
