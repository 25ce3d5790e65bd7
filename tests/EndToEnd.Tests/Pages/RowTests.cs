using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Pages;

/// <summary>A row of a list leads where its link does, wherever it is pressed; what else stands in it stays what it is.</summary>
[Collection(SeededPortalCollection.Name)]
public sealed class RowTests(SeededPortal portal)
{
    [Theory]
    [InlineData("/", "bot-row", "td:last-child", "/bots/[0-9a-f-]{36}$")]
    [InlineData("/conversations", "conversation-row", "td:last-child time", "/conversations/[0-9]+$")]
    [InlineData("/deliveries", "delivery-row", "td.at-status", "/deliveries/[0-9]+$")]
    [InlineData("/deliveries", "delivery-row", "[data-testid=row-conversation]", "/conversations/[0-9]+$")]
    public async Task Leads_there(string list, string row, string place, string address)
    {
        var reader = await portal.ReaderAsync(new("es", "light", 1280));
        var page = await reader.NewPageAsync();
        await page.GotoAsync(list);
        await page.Locator("main[data-interactive=true] h1").WaitForAsync();

        await page.GetByTestId(row).Locator(place).First.ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex(address));
        await page.CloseAsync();
    }
}
