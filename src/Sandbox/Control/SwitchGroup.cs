namespace Sandbox.Control;

/// <summary>Which part of a system a switch is about; the page shows them under these headings.</summary>
internal enum SwitchGroup
{
    /// <summary>What the account is like: shapes, pages, what its objects show.</summary>
    Account,

    /// <summary>How the REST API fails.</summary>
    Api,

    /// <summary>How webhooks are sent, and how they go wrong.</summary>
    Webhooks,

    /// <summary>Who gets a conversation, and who keeps it.</summary>
    Assignment,

    /// <summary>How the bot answers.</summary>
    Bot,

    /// <summary>How the bot's platform fails, and its peculiarities.</summary>
    Platform,

    /// <summary>What tests count with.</summary>
    Proof,
}
