using System.Globalization;
using Sandbox.Control;
using Sandbox.Freshchat.Webhooks;

namespace Sandbox.Freshchat;

/// <summary>What happens to a conversation's assignment when its customer writes again (freshchat.md 12.4).</summary>
internal enum AssignmentOnReopen
{
    Cleared,
    Kept,
}

/// <summary>The switches of the simulated Freshchat (freshchat.md 14.2, 14.3). A count says for how many requests: -1 means all.</summary>
internal static class FreshchatSwitches
{
    private const string System = "freshchat";

    public static readonly Switch<int> HtmlHost = new(
        System,
        "html-host",
        0,
        "The API answers 200 with a web page, as a wrong host does."
    );
    public static readonly Switch<int> Redirect = new(System, "redirect", 0, "The API answers 302 and names another host.");
    public static readonly Switch<int> Unavailable = new(System, "unavailable", 0, "The API answers 503.");
    public static readonly Switch<int> TokenRefused = new(System, "token-refused", 0, "The API answers 401 whatever the token.");
    public static readonly Switch<int> NoScope = new(System, "no-scope", 0, "The API answers 403: the token lacks a scope.");

    public static readonly Switch<int> AgentsPerPage = new(
        System,
        "agents-per-page",
        4,
        "Largest page of the list of agents (at most 50)."
    );
    public static readonly Switch<int> GroupsPerPage = new(
        System,
        "groups-per-page",
        2,
        "Largest page of the list of groups (at most 50)."
    );

    public static readonly Switch<PayloadGeneration> Generation = new(
        System,
        "payload-generation",
        PayloadGeneration.Y2025,
        "Shape of the webhooks, by the year it was seen in."
    );

    public static readonly Switch<AssignmentOnReopen> OnReopen = new(
        System,
        "assignment-on-reopen",
        AssignmentOnReopen.Cleared,
        "Whether a conversation keeps its agent and group when its customer writes again."
    );

    public static readonly Switch<bool> SiteIdInProperties = new(
        System,
        "site-id-in-properties",
        true,
        "Users show their site id as a property."
    );

    public static readonly Switch<bool> AssignmentEventsFromPut = new(
        System,
        "assignment-events-from-put",
        true,
        "An assignment through the API sends conversation_assignment."
    );

    public static readonly Switch<bool> SendAsBot = new(
        System,
        "send-as-bot",
        false,
        "What is posted as an agent comes back with actor_type bot."
    );

    public static readonly Switch<int> RetryCount = new(
        System,
        "retry-count",
        5,
        "Repeats of a webhook after its first attempt."
    );
    public static readonly Switch<string> RetryPauses = new(
        System,
        "retry-pauses",
        "1,2,4,8,15",
        "Seconds before each repeat, separated by commas; the last one holds for all further repeats."
    );

    public static readonly Switch<TimeSpan> WebhookTimeout = new(
        System,
        "webhook-timeout",
        TimeSpan.FromSeconds(3),
        "How long a receiver may take to answer a webhook."
    );

    /// <summary>All of them, in the order people read them.</summary>
    public static Switch[] All { get; } =
    [
        HtmlHost,
        Redirect,
        Unavailable,
        TokenRefused,
        NoScope,
        AgentsPerPage,
        GroupsPerPage,
        Generation,
        OnReopen,
        SiteIdInProperties,
        AssignmentEventsFromPut,
        SendAsBot,
        RetryCount,
        RetryPauses,
        WebhookTimeout,
    ];

    /// <summary>The pause before repeat number <paramref name="retry"/> (from 1); a second where the switch holds no number.</summary>
    public static TimeSpan PauseBefore(this SwitchBoard board, int retry)
    {
        var pauses = board.Get(RetryPauses).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = pauses.Length == 0 ? "" : pauses[Math.Min(retry, pauses.Length) - 1];
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(1);
    }
}
