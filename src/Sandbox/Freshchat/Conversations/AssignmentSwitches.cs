using Sandbox.Control;

namespace Sandbox.Freshchat.Conversations;

/// <summary>What happens to a conversation's assignment when its customer writes again (freshchat.md 12.4).</summary>
internal enum AssignmentOnReopen
{
    Cleared,
    Kept,
}

/// <summary>Whom a new or reopened chat is given to by the account itself (freshchat.md 12.3).</summary>
internal enum AutomaticAssignment
{
    Nobody,
    Person,
    Bot,
}

/// <summary>What it takes to get the bot's own agent out of a conversation (freshchat.md 12.3).</summary>
internal enum ClingingAgent
{
    ReleasedWithGroup,
    ReleasedByEmpty,
    ReleasedBySpace,
    Never,
}

/// <summary>Who gets a conversation, and who keeps it (freshchat.md 14.3).</summary>
internal static class AssignmentSwitches
{
    public static Switch<AssignmentOnReopen> OnReopen { get; } =
        Of(
            "assignment-on-reopen",
            AssignmentOnReopen.Cleared,
            "Si una conversación conserva agente y grupo cuando su cliente vuelve a escribir.",
            "Whether a conversation keeps its agent and group when its customer writes again."
        );

    public static Switch<bool> EventsFromPut { get; } =
        Of(
            "assignment-events-from-put",
            true,
            "Una asignación por la API envía conversation_assignment.",
            "An assignment through the API sends conversation_assignment."
        );

    public static Switch<int> Rule { get; } =
        Of(
            "assignment-rule",
            0,
            "Después de asignar un grupo por la API, una regla pone la conversación en otro.",
            "After a group was assigned through the API, a rule puts the conversation into another one."
        );

    public static Switch<AutomaticAssignment> Automatic { get; } =
        Of(
            "automatic-assignment",
            AutomaticAssignment.Nobody,
            "A quién asigna el sistema cada chat nuevo o reabierto.",
            "Whom the system assigns every new or reopened chat to."
        );

    public static Switch<ClingingAgent> Clinging { get; } =
        Of(
            "clinging-agent",
            ClingingAgent.ReleasedWithGroup,
            "Con qué suelta la API al agente del bot: al asignar un grupo, con \"\", solo con \" \", o nunca.",
            "What makes the API release the bot's agent: assigning a group, \"\", only \" \", or nothing."
        );

    /// <summary>All of them, in the order people read them.</summary>
    public static Switch[] All { get; } = [OnReopen, EventsFromPut, Rule, Automatic, Clinging];

    private static Switch<T> Of<T>(string name, T untouched, string spanish, string english)
        where T : notnull => new("freshchat", name, SwitchGroup.Assignment, untouched, spanish, english);
}
