namespace Sandbox.Mammut.Brain;

/// <summary>Where the issue about an unknown question hangs, and whether the bot says something besides (mammut.md 8).</summary>
internal enum IssuePlace
{
    /// <summary>On the visitor's thought; the bot says nothing.</summary>
    VisitorThought,

    /// <summary>On the visitor's thought; the bot says that it asks the team.</summary>
    VisitorThoughtWithText,

    /// <summary>On the bot's thought that says so.</summary>
    BotThought,
}
