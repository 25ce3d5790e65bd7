using System.Text.RegularExpressions;

namespace Core.Tests.Architecture;

/// <summary>Who may import whom, read from the sources: each fault names the file and the word.</summary>
public sealed partial class ImportRules
{
    private static readonly string[] Entities = ["Bots", "Conversations", "Requests", "Webhooks"];

    // Left: a folder of src/Core. Right: the other folders of Core it may use.
    public static TheoryData<string, string[]> Core =>
        new()
        {
            { "Outcomes", [] },
            { "Security", [] },
            { "Requests", ["Storage", "Outcomes"] },
            { "Freshchat", ["Outcomes"] },
            { "Mammut", ["Outcomes"] },
            { "Bots", ["Freshchat", "Mammut", "Security", "Storage", "Outcomes"] },
            { "Conversations", ["Bots", "Security", "Storage", "Outcomes"] },
            { "Webhooks", ["Conversations", "Bots", "Freshchat", "Security", "Storage", "Outcomes"] },
            { "Turns", ["Webhooks", "Conversations", "Bots", "Freshchat", "Mammut", "Security", "Storage", "Outcomes"] },
            // The one tolerated mutual reference: the store knows the entities.
            { "Storage", Entities },
        };

    [Theory]
    [MemberData(nameof(Core))]
    public void A_part_of_core_uses_only_what_lies_below_it(string folder, string[] allowed)
    {
        foreach (var (file, used) in Used($"src/Core/{folder}", CoreNamespace()))
            Assert.True(used == folder || allowed.Contains(used), $"{file} uses Core.{used}; Core.{folder} may use only: {string.Join(", ", allowed)}.");
    }

    [Fact]
    public void Every_folder_of_core_has_its_rule() =>
        Assert.Equal(
            Directory.GetDirectories(Repository.Path("src/Core")).Select(Path.GetFileName).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal),
            Core.Select(row => row.Data.Item1).Order(StringComparer.Ordinal)
        );

    public static TheoryData<string, string, string, string[]> Forbidden =>
        new()
        {
            { "src/Core", @"\bPortal\.(Components|Api|Webhooks|Hosting|Authentication|Health)\b|\bSandbox\.", "Core stands alone", [] },
            { "src/Core", @"Microsoft\.AspNetCore\.(?!DataProtection)|\bMudBlazor\b|\bHttpContext\b", "Core has no HTTP server and no pages", [] },
            { "src/Core/Freshchat", @"\bEntityFrameworkCore\b|\bPortalDb\b", "a client knows no database", [] },
            { "src/Core/Mammut", @"\bEntityFrameworkCore\b|\bPortalDb\b", "a client knows no database", [] },
            { "src/Core/Storage", @"\b(Freshchat|Mammut)Client\b", "the store calls nobody", [] },
            { "src/Sandbox", @"\b(using|global::)\s*(Core|Portal)\b|\bCore\.(Bots|Webhooks|Conversations|Storage|Turns|Outcomes)\b", "the sandbox stands in for others and shares nothing", [] },
            {
                "src/Portal/Components",
                @"\b(PortalDb|PortalStore|FreshchatClient|MammutClient|HttpContext)\b",
                "pages speak through use cases",
                // The page around all pages is rendered by the server, not by a circuit.
                ["src/Portal/Components/App.razor"]
            },
            { "src/Portal/Webhooks", @"System\.Text\.Json|\bJson(Document|Serializer|Element|Node)\b|\bUtf8JsonReader\b", "the bytes of a webhook are read by Core, after their signature", [] },
            { "src/Portal/Api", @"\b(PortalDb|PortalStore|FreshchatClient|MammutClient)\b", "the API can do what the pages can, by the same use cases", [] },
        };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Nothing_is_used_that_does_not_belong_there(string folder, string pattern, string why, string[] except)
    {
        foreach (var (file, used) in Used(folder, new Regex($"(?<used>{pattern})")))
            Assert.True(except.Contains(file), $"{file} uses {used}: {why}.");
    }

    [Theory]
    [InlineData("src/Core/Core.csproj", "")]
    [InlineData("src/Sandbox/Sandbox.csproj", "")]
    [InlineData("src/Portal/Portal.csproj", "Core Sandbox")]
    public void Projects_reference_only_what_the_house_allows(string project, string references)
    {
        var found = ProjectReference().Matches(File.ReadAllText(Repository.Path(project))).Select(m => m.Groups["used"].Value).Order(StringComparer.Ordinal);

        Assert.Equal(references, string.Join(' ', found));
    }

    [Fact]
    public void Core_needs_no_web_framework() =>
        Assert.DoesNotContain("FrameworkReference", File.ReadAllText(Repository.Path("src/Core/Core.csproj")), StringComparison.Ordinal);

    private static IEnumerable<(string File, string Used)> Used(string folder, Regex pattern) =>
        from file in Repository.Sources(folder)
        from line in File.ReadLines(Repository.Path(file))
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match match in pattern.Matches(line)
        select (file, match.Groups["used"].Value);

    [GeneratedRegex(@"\bCore\.(?<used>Bots|Conversations|Freshchat|Mammut|Outcomes|Security|Storage|Turns|Webhooks)\b")]
    private static partial Regex CoreNamespace();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?(?<used>\w+)\.csproj""")]
    private static partial Regex ProjectReference();
}
