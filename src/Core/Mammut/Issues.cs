namespace Core.Mammut;

/// <summary>Which issues mean that the bot does not know: a "Thought Offer To Be Learned" (mammut.md 8). Pure.</summary>
public static class Issues
{
    private const string RemoveHaltedMark = "removehaltedmark";

    /// <summary>
    /// The open issues on thoughts of the bot or the visitor, each once, in the order of the thoughts. A thought that does not tell its sender counts:
    /// an unneeded hand-over is better than a question nobody sees.
    /// </summary>
    public static IReadOnlyList<MammutIssue> ToLearn(IEnumerable<MammutThought> thoughts, long botId, long visitorId) =>
        [.. thoughts
            .Where(thought => thought.SenderId is null || thought.SenderId == botId || thought.SenderId == visitorId)
            .SelectMany(thought => thought.Issues)
            .Where(IsOfferToLearn)
            .DistinctBy(issue => issue.Id)];

    /// <summary>Open and not the platform's own unblocking mark.</summary>
    public static bool IsOfferToLearn(MammutIssue issue) =>
        Letters(issue.State) is "open" or "" && Letters(issue.Type) is not RemoveHaltedMark;

    private static string Letters(string? text) => string.Concat((text ?? "").Where(char.IsLetter)).ToLowerInvariant();
}
