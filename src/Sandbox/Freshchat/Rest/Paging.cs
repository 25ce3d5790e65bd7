using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>Pages of a list: numbers from 1, at most 50 items, links that name a path without the sandbox's own prefix (freshchat.md 4).</summary>
internal readonly record struct Paging(int Page, int Size)
{
    private const int Usual = 20;
    private const int Largest = 50;

    /// <summary>What the query asks for, cut to <paramref name="largest"/>; null when it is not a number from 1.</summary>
    public static Paging? Of(IQueryCollection query, int largest = Largest)
    {
        if (Number(query, "page", 1) is not { } page || Number(query, "items_per_page", Usual) is not { } size)
            return null;
        return new(page, Math.Clamp(Math.Min(size, largest), 1, Largest));
    }

    /// <summary>One page of <paramref name="items"/> under the resource's name, with totals and links.</summary>
    /// <param name="items">All items, in order.</param>
    /// <param name="resource">Plural name, as in the path.</param>
    /// <param name="singular">The word that links carry as <c>rel</c>.</param>
    public Answer List(IReadOnlyList<JsonObject> items, string resource, string singular)
    {
        var (page, size) = this;
        var pages = Math.Max(1, (items.Count + size - 1) / size);
        if (page > pages)
            return Answer.Of(Refusal.WrongPage);
        JsonObject Link(int number) => Href($"/v2/{resource}?items_per_page={size}&page={number}", singular);
        var links = new JsonObject { ["first_page"] = Link(1) };
        if (page < pages)
            links["next_page"] = Link(page + 1);
        if (page > 1)
            links["previous_page"] = Link(page - 1);
        links["last_page"] = Link(pages);
        return new(
            new JsonObject
            {
                [resource] = new JsonArray([.. items.Skip((page - 1) * size).Take(size)]),
                ["pagination"] = new JsonObject
                {
                    ["total_items"] = items.Count,
                    ["total_pages"] = pages,
                    ["current_page"] = page,
                    ["items_per_page"] = size,
                },
                ["links"] = links,
            }
        );
    }

    /// <summary>A link as lists carry it.</summary>
    public static JsonObject Href(string href, string rel) =>
        new()
        {
            ["href"] = href,
            ["rel"] = rel,
            ["type"] = "GET",
        };

    private static int? Number(IQueryCollection query, string name, int otherwise)
    {
        if (!query.TryGetValue(name, out var text))
            return otherwise;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and < 1_000_000
            ? number
            : null;
    }
}
