namespace Portal.Components.Layout;

/// <summary>Something that the command palette leads to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Title">Its name.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Href">Where it leads; null when it does something instead.</param>
internal sealed record Command(CommandKind Kind, string Title, string Icon, string? Href)
{
    /// <summary>What tells it from others of its name.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the page is loaded anew, as another language needs.</summary>
    public bool Reload { get; init; }

    /// <summary>What it does.</summary>
    public Func<Task>? Act { get; init; }
}

/// <summary>What the palette finds.</summary>
internal enum CommandKind
{
    /// <summary>A page.</summary>
    Page,

    /// <summary>Something done at once.</summary>
    Action,

    /// <summary>A bot.</summary>
    Bot,

    /// <summary>A conversation.</summary>
    Conversation,

    /// <summary>A delivery.</summary>
    Delivery,

    /// <summary>Help on a code.</summary>
    Help,
}
