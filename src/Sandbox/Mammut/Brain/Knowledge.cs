using System.Globalization;
using System.Text;

namespace Sandbox.Mammut.Brain;

/// <summary>What the demo bots know, and how they recognise a question (mammut.md 10).</summary>
internal static class Knowledge
{
    /// <summary>What a bot says to a text.</summary>
    /// <param name="Texts">Its thoughts, in order; may be empty.</param>
    /// <param name="Complete">False when something in the text was unknown, so that an issue is due.</param>
    internal sealed record Reply(IReadOnlyList<string> Texts, bool Complete);

    /// <summary>
    /// Answers a text line by line, because a turn may be several messages joined by line feeds (mammut.md 6.1).
    /// Case, accents and punctuation do not matter. A reference such as <c>#c12-m7</c> comes back in every answer to its line, so that
    /// a proof can tell which answer belongs to which question.
    /// </summary>
    /// <param name="text">What was said.</param>
    /// <param name="context">The sub-channel of the room; null is the default context.</param>
    public static Reply Answer(string text, string? context)
    {
        var known = DemoKnowledge.Lessons.Where(l => l.Context is null || l.Context == Simplified(context ?? "")).ToArray();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var replies = lines.Select(line => AnswerLine(line, known)).ToArray();
        return new([.. replies.SelectMany(r => r).Distinct()], lines.Length > 0 && replies.All(r => r.Length > 0));
    }

    /// <summary>Lower case, without accents, every run of anything but letters and digits one blank.</summary>
    public static string Simplified(string text)
    {
        var simple = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (char.IsLetterOrDigit(c))
                simple.Append(char.ToLowerInvariant(c));
            else if (
                CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark
                && simple.Length > 0
                && simple[^1] != ' '
            )
                simple.Append(' ');
        return simple.ToString().TrimEnd();
    }

    private static string[] AnswerLine(string line, Lesson[] known)
    {
        var words = line.Split(' ').ToLookup(word => word is ['#', _, ..]);
        var references = string.Concat(words[true].Select(reference => " " + reference));
        return [.. Texts(Simplified(string.Join(' ', words[false])), known).Select(text => text + references)];
    }

    private static string[] Texts(string line, Lesson[] known)
    {
        if (known.FirstOrDefault(l => l.Courtesy && l.Phrases.Contains(line)) is { } courtesy)
            return courtesy.Texts;
        return
        [
            .. known
                .Where(l => !l.Courtesy)
                .Select(l =>
                    (Lesson: l, At: l.Phrases.Max(phrase => $" {line} ".IndexOf($" {phrase} ", StringComparison.Ordinal)))
                )
                .Where(l => l.At >= 0)
                .OrderBy(l => l.At)
                .SelectMany(l => l.Lesson.Texts),
        ];
    }
}
