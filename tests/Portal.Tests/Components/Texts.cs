using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Portal.Tests.Components;

/// <summary>The source of the portal as files, for proofs about what is written in it.</summary>
internal static partial class Texts
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static IEnumerable<string> Pages => Directory.EnumerateFiles(Path.Combine(Root, "src/Portal/Components"), "*.razor", SearchOption.AllDirectories);

    public static IEnumerable<string> Code(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal));

    public static IEnumerable<string> Names =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "src/Portal/Resources"), "*.resx")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.EndsWith(".es", StringComparison.Ordinal));

    public static Dictionary<string, string> Read(string name, string? language = null) =>
        XDocument
            .Load(Path.Combine(Root, "src/Portal/Resources", name + (language is null ? "" : "." + language) + ".resx"))
            .Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    public static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Order();

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
