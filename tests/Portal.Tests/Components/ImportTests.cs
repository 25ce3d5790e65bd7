using System.Text.RegularExpressions;

namespace Portal.Tests.Components;

/// <summary>Pages go through use cases: whatever they can do, the API can do too.</summary>
public sealed partial class ImportTests
{
    [Fact]
    public void No_page_knows_the_database_the_far_sides_or_the_request()
    {
        var known = Texts
            .Pages.Concat(Texts.Code("src/Portal/Components"))
            .Where(file => !file.EndsWith("App.razor", StringComparison.Ordinal))
            .SelectMany(file => Forbidden().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

        Assert.Empty(known);
    }

    [Fact]
    public void Pages_stay_short() =>
        Assert.Empty(Texts.Pages.Where(page => File.ReadLines(page).Count() > 200).Select(Path.GetFileName));

    [GeneratedRegex(@"\b(PortalDb|PortalStore|SqlitePortalDb|SqliteStore|PostgresPortalDb|PostgresStore|FreshchatClient|MammutClient|HttpContext|IHttpContextAccessor|HttpClient)\b")]
    private static partial Regex Forbidden();
}
