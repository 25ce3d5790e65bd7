using Core.Outcomes;

namespace Core.Tests;

/// <summary>Reads a list from its beginning to its end, as whoever follows its cursors does.</summary>
internal static class EveryPage
{
    /// <summary>What each page holds, in order.</summary>
    /// <param name="read">Reads the page behind a cursor; null = the first.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<T>>> OfAsync<T>(Func<string?, Task<Result<Page<T>>>> read)
    {
        List<IReadOnlyList<T>> pages = [];
        string? after = null;
        do
        {
            var page = (await read(after)).Value!;
            pages.Add(page.Items);
            after = page.Next;
        } while (after is not null);
        return pages;
    }
}
