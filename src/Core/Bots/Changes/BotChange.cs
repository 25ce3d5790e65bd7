using Core.Security;
using Core.Storage;

namespace Core.Bots.Changes;

/// <summary>Who changed what about a bot; written in the transaction of the change itself, and never changed or removed.</summary>
public sealed class BotChange
{
    /// <summary>Row id, in the order of the changes.</summary>
    public long Id { get; init; }

    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>The bot's version that this change made.</summary>
    public int Version { get; init; }

    /// <summary>When (our clock).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Name of the person or API key.</summary>
    public string By { get; init; } = "";

    /// <summary>What was done.</summary>
    public BotAct What { get; init; }

    /// <summary>The settings that changed with it; holds no secret.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>Adds a record to the transaction that makes the change, after the version has been counted up.</summary>
    internal static void Note(PortalDb db, Actor actor, Bot bot, BotAct what, DateTimeOffset now, IReadOnlyList<FieldChange>? fields = null) =>
        db.Add(
            new BotChange
            {
                BotId = bot.Id,
                Version = bot.Version,
                At = now,
                By = actor.Name,
                What = what,
                Fields = fields ?? [],
            }
        );
}

/// <summary>What may be done to a bot.</summary>
public enum BotAct
{
    /// <summary>It went live for the first time.</summary>
    Connected,

    /// <summary>Settings were changed.</summary>
    Changed,

    /// <summary>It was told to be silent.</summary>
    Paused,

    /// <summary>It was told to answer again.</summary>
    Resumed,

    /// <summary>It was taken out of service for good.</summary>
    Archived,

    /// <summary>Its API token was replaced.</summary>
    TokenReplaced,

    /// <summary>A public key was added.</summary>
    KeyAdded,

    /// <summary>A public key was removed.</summary>
    KeyRemoved,

    /// <summary>Its site rules were replaced.</summary>
    SitesMapped,

    /// <summary>What a far side held was taken over.</summary>
    Adopted,

    /// <summary>Mammut was sent the portal's settings once more.</summary>
    AppliedAgain,
}
