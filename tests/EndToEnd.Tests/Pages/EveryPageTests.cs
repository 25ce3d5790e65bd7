namespace EndToEnd.Tests.Pages;

/// <summary>
/// What holds of every page: no serious fault of accessibility, no sideways scrolling, the reader's language alone, nothing asked of
/// another host, no error in the console. One way of looking per page; with <c>PAGES=all</c> (<c>./test pages</c>) every way.
/// </summary>
[Collection(SeededPortalCollection.Name)]
public sealed class EveryPageTests(SeededPortal portal)
{
    private static readonly bool EveryLook = Environment.GetEnvironmentVariable("PAGES") == "all";

    public static TheoryData<string> Pages => [.. Routes.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_for_everybody(string route)
    {
        var faults = new List<string>();
        var first = Array.IndexOf([.. Routes.All], route);
        foreach (var (place, address) in portal.AddressesOf(route).Index())
        {
            foreach (var look in EveryLook ? Look.All : [Look.All[(first + place) % Look.All.Count]])
                faults.AddRange(await LookedAt.FaultsAsync(portal, address, look));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Fact]
    public void There_are_enough_pages_for_every_way_of_looking() => Assert.True(Routes.All.Count >= Look.All.Count, string.Join(", ", Routes.All));
}
