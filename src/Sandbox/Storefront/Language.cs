using Microsoft.Net.Http.Headers;

namespace Sandbox.Storefront;

/// <summary>Which of the two languages a page is shown in.</summary>
internal static class Language
{
    public const string Spanish = "es";
    public const string English = "en";

    /// <summary>The one named by <c>?lang=</c>, else the first the browser asks for that there is, else Spanish.</summary>
    public static string Of(HttpRequest request)
    {
        if (Known(request.Query["lang"]) is { } chosen)
            return chosen;
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage!], out var asked))
            return Spanish;
        return asked
                .OrderByDescending(a => a.Quality ?? 1)
                .Select(a => Known(a.Value.Value?.Split('-')[0]))
                .FirstOrDefault(l => l is not null)
            ?? Spanish;
    }

    /// <summary>The language a page offers besides its own.</summary>
    public static string Other(string language) => language == Spanish ? English : Spanish;

    private static string? Known(string? language) =>
        language?.ToLowerInvariant() is Spanish or English ? language.ToLowerInvariant() : null;
}
