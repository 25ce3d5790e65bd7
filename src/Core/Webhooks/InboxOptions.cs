using Microsoft.Extensions.Options;

namespace Core.Webhooks;

/// <summary>Section <c>Inbox</c> (portal.md 2).</summary>
public sealed class InboxOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Inbox";

    /// <summary>Messages of one customer that arrive within it, sliding, are answered as one turn.</summary>
    public TimeSpan QuietWindow { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Longest a turn waits for more messages (portal.md 2).</summary>
    public static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(5);

    /// <summary>Attempts of one step before the conversation is handed over.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>Time after the oldest message of a turn at which the conversation is handed over.</summary>
    public TimeSpan AnswerDeadline { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a node may work on a conversation without a sign of life.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>One message per fault, each naming the key.</summary>
internal sealed class InboxOptionsValidator : IValidateOptions<InboxOptions>
{
    public ValidateOptionsResult Validate(string? name, InboxOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(InboxOptions options)
    {
        if (options.QuietWindow < TimeSpan.Zero || options.QuietWindow > InboxOptions.LongestQuiet)
            yield return "Inbox:QuietWindow must lie between 00:00:00 and 00:00:05.";
        if (options.MaxAttempts < 1)
            yield return "Inbox:MaxAttempts must be at least 1.";
        if (options.AnswerDeadline <= TimeSpan.Zero)
            yield return "Inbox:AnswerDeadline must be longer than zero.";
        if (options.Lease <= TimeSpan.Zero)
            yield return "Inbox:Lease must be longer than zero.";
    }
}
