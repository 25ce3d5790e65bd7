using System.Globalization;
using System.Text.RegularExpressions;

namespace Reliability.Tests.Crash;

/// <summary>The reference that each question carries and its answers repeat: customer and number of the message, as in <c>#c12-m7</c>.</summary>
internal readonly partial record struct Marker(int Customer, int Message)
{
    /// <summary>That of the customer's next message.</summary>
    public Marker Next => this with { Message = Message + 1 };

    public override string ToString() => $"#c{Customer}-m{Message}";

    /// <summary>All references in a text, in order.</summary>
    public static IEnumerable<Marker> In(string text) =>
        Form().Matches(text).Select(found => new Marker(Number(found, 1), Number(found, 2)));

    private static int Number(Match found, int group) => int.Parse(found.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"#c(\d+)-m(\d+)\b")]
    private static partial Regex Form();
}
