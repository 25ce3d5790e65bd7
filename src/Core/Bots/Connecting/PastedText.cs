using System.Text;
using System.Text.RegularExpressions;

namespace Core.Bots.Connecting;

/// <summary>A pasted text from which values are taken out one after the other. Pure.</summary>
internal sealed class PastedText(string text)
{
    // Lines of a value that a mail program broke are at least this long, all but the last.
    private const int ShortestBrokenLine = 40;

    // No token and no key is longer.
    private const int LongestRun = 6000;

    // Nobody means more than one of a kind: of more none is taken anyway.
    private const int MostRuns = 20;

    /// <summary>What has not been taken yet.</summary>
    public string Text { get; private set; } = text;

    /// <summary>Takes out every match.</summary>
    public IReadOnlyList<string> Take(Regex pattern)
    {
        var found = pattern.Matches(Text).Select(match => match.Value).ToList();
        Text = pattern.Replace(Text, " ");
        return found;
    }

    /// <summary>
    /// Takes out what begins with a pattern and consists of certain characters, also when it was broken over lines: as many lines as make it
    /// whole, else the first one alone.
    /// </summary>
    public IReadOnlyList<string> TakeRuns(Regex start, Func<char, bool> belongs, Func<string, bool> whole)
    {
        var (found, rest, at) = (new List<string>(), new StringBuilder(), 0);
        while (found.Count < MostRuns && start.Match(Text, at) is { Success: true } match)
        {
            var run = Candidates(match.Index, belongs).ToList();
            var (value, end) = run.FirstOrDefault(candidate => whole(candidate.Value), run[0]);
            found.Add(value);
            rest.Append(Text, at, match.Index - at).Append(' ');
            at = end;
        }
        Text = rest.Append(Text, at, Text.Length - at).ToString();
        return found;
    }

    private IEnumerable<(string Value, int End)> Candidates(int from, Func<char, bool> belongs)
    {
        var value = "";
        for (var at = from; ; )
        {
            var end = at;
            while (end < Text.Length && belongs(Text[end]))
                end++;
            value += Text[at..end];
            yield return (value, end);
            var next = NextLine(end);
            if (value.Length > LongestRun || end - at < ShortestBrokenLine || next is null || next == Text.Length || !belongs(Text[next.Value]))
                yield break;
            at = next.Value;
        }
    }

    // Where the next line begins, when this one ends here; a line break may also be written out, as in JSON.
    private int? NextLine(int end)
    {
        var at = end;
        while (at < Text.Length && Text[at] is ' ' or '\t')
            at++;
        if (at < Text.Length && Text[at] == '\n')
            at++;
        else if (at + 1 < Text.Length && Text[at] == '\\' && Text[at + 1] == 'n')
            at += 2;
        else
            return null;
        while (at < Text.Length && Text[at] is ' ' or '\t')
            at++;
        return at;
    }
}
