using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EndToEnd.Tests.Pages;

/// <summary>Tells which of the words on a page cannot be meant for its reader: those of the other language, and names of texts instead of texts.</summary>
internal sealed partial class Wording
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Portal", "Resources");

    private readonly HashSet<string> _keys;
    private readonly List<Regex> _foreign;

    private Wording(string other, string own)
    {
        var ours = Read(own).ToList();
        var mine = ours.Select(text => text.Value).ToHashSet();
        _keys = [.. ours.Select(text => text.Key).Where(key => !mine.Contains(key))];
        _foreign = [.. Read(other).Select(text => text.Value).Distinct().Where(text => !mine.Contains(text)).Select(Pattern)];
    }

    public static IReadOnlyDictionary<string, Wording> Of { get; } =
        new Dictionary<string, Wording> { ["es"] = new("", ".es"), ["en"] = new(".es", "") };

    public IEnumerable<string> Strange(IEnumerable<string> texts) =>
        texts.Distinct().Where(text => _keys.Contains(text) || _foreign.Any(foreign => foreign.IsMatch(text)));

    // A sentence may stand among others; a word has to stand alone to be sure of its language.
    private static Regex Pattern(string text)
    {
        var pattern = Placeholder().Replace(Regex.Escape(text), ".+?");
        var sentence = text.Length >= 12 && text.Split(' ').Length >= 3;
        return new(sentence ? pattern : $"^{pattern}$", RegexOptions.CultureInvariant);
    }

    private static IEnumerable<KeyValuePair<string, string>> Read(string language) =>
        Directory
            .EnumerateFiles(Folder, "*.resx")
            .Where(file => file.EndsWith(".es.resx", StringComparison.Ordinal) == (language is ".es"))
            .SelectMany(file => XDocument.Load(file).Root!.Elements("data"))
            .Select(data => KeyValuePair.Create(data.Attribute("name")!.Value, data.Element("value")!.Value));

    [GeneratedRegex(@"\\\{\w+(:\w+)?\}")]
    private static partial Regex Placeholder();
}
