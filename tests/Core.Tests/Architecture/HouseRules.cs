namespace Core.Tests.Architecture;

/// <summary>What keeps the house readable: files of one screen or a few, and nothing of the workshop in them.</summary>
public sealed class HouseRules
{
    private static readonly string[] Texts =
        [".cs", ".razor", ".md", ".json", ".css", ".js", ".csproj", ".props", ".targets", ".sln", ".resx", ".yml", ".yaml", ".sh", ".txt", ".html", ".config"];

    // Written in two parts, so that this file does not find itself.
    private static readonly string[] Workshop =
    [
        ".." + "/shared",
        "/" + "work/",
        "api." + "nuget.org",
        "pkgs." + "dev.azure",
        "registry." + "npmjs",
        "localhost:" + "8081",
        "art" + "ifactory",
        "packagefeed" + ".",
    ];

    [Fact]
    public void No_source_is_longer_than_three_hundred_lines() => AssertNoneLonger(".cs", 300);

    [Fact]
    public void No_page_is_longer_than_two_hundred_lines() => AssertNoneLonger(".razor", 200);

    [Fact]
    public void Nothing_names_the_workshop_in_which_it_was_made()
    {
        var found =
            from file in Repository.Files
            where Texts.Contains(Path.GetExtension(file))
            let text = File.ReadAllText(Repository.Path(file))
            from word in Workshop
            where text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select $"{file} names {word}";

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("Services")]
    [InlineData("Helpers")]
    [InlineData("Utils")]
    [InlineData("Models")]
    [InlineData("Common")]
    [InlineData("Extensions")]
    public void Folders_are_named_by_what_they_can_do_not_by_kind(string kind) =>
        Assert.DoesNotContain(Repository.Files, f => f.StartsWith("src/", StringComparison.Ordinal) && f.Split('/').Contains(kind));

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong =
            from file in Repository.Sources("src")
            where file.EndsWith(".cs", StringComparison.Ordinal) && !IsMigration(file) && !file.Contains(".Designer.", StringComparison.Ordinal)
            let declared = File.ReadLines(Repository.Path(file)).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))
            where declared is not null
            let expected = $"namespace {Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.')};"
            where declared.Trim() != expected
            select $"{file}: {declared}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Whatever_needs_a_database_is_proved_on_both()
    {
        string[] marks = ["TemporaryPortal" + ".OpenAsync", "Desk" + ".OpenAsync", "IClassFixture<" + "ConnectedPortal>"];
        var once =
            from file in Repository.Sources("tests")
            where file.EndsWith("Tests.cs", StringComparison.Ordinal) && !file.Contains("/Storage/Sqlite/", StringComparison.Ordinal)
            let text = File.ReadAllText(Repository.Path(file))
            where marks.Any(text.Contains) && !text.Contains("[Trait(\"Database\", \"both\")]", StringComparison.Ordinal)
            select file;

        Assert.Empty(once);
    }

    private static void AssertNoneLonger(string extension, int lines)
    {
        var longer =
            from file in Repository.Files
            where Path.GetExtension(file) == extension && !IsMigration(file)
            let count = File.ReadLines(Repository.Path(file)).Count()
            where count > lines
            select $"{file} has {count} lines";

        Assert.Empty(longer);
    }

    private static bool IsMigration(string file) => file.Contains("/Migrations/", StringComparison.Ordinal);
}
