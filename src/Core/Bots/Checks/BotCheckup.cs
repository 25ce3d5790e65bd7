namespace Core.Bots.Checks;

/// <summary>What the far sides said about a bot when they were last asked; apart from the bot, so that a check never touches the row that admins edit.</summary>
public sealed class BotCheckup
{
    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>The bot's version that was checked; findings about another one say nothing any more.</summary>
    public int Version { get; set; }

    /// <summary>When the far sides were asked (our clock); null = not yet since that version.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Not before then is it checked again without being asked for; whoever checks moves it first, so that one node alone does.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<BotCheck> Found { get; set; } = [];

    /// <summary>What a far side holds otherwise than the portal.</summary>
    public IReadOnlyList<Difference> Differences { get; set; } = [];

    /// <summary>Code of the worst finding, for lists, with what stands behind it (<see cref="BotAttention.Worst"/>); null = all is well.</summary>
    public string? Attention { get; set; }
}

/// <summary>Something that the portal and a far side hold differently.</summary>
/// <param name="Side">The far side.</param>
/// <param name="Field">Name of the setting, as faults are reported at it.</param>
/// <param name="Ours">What the portal holds; null = nothing.</param>
/// <param name="Theirs">What the far side holds; null = nothing.</param>
public sealed record Difference(FarSideName Side, string Field, string? Ours, string? Theirs)
{
    /// <summary>Whether the portal may send its value there: Mammut's copy is ours to write, Freshchat's own names are not.</summary>
    public bool MayApply => Side is FarSideName.Mammut;
}

/// <summary>Whom a bot joins.</summary>
public enum FarSideName
{
    /// <summary>The account.</summary>
    Freshchat,

    /// <summary>The platform.</summary>
    Mammut,
}
