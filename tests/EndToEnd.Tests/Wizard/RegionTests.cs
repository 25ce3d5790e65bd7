using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Wizard;

/// <summary>An account that lives in another region: its hosts are named, and a token goes to one of them only when an admin presses it.</summary>
public sealed class RegionTests
{
    [Fact]
    public async Task The_token_goes_to_the_region_that_is_pressed_and_to_no_other()
    {
        using var folder = new TemporaryFolder();
        await using var typed = await FarSides.StartAsync();
        await using var pressed = await FarSides.StartAsync();
        await using var neverPressed = await FarSides.StartAsync();
        await using var portal = await Support.PortalProcess.StartAsync(
            Support.PortalProcess.BuiltDll,
            Support.Repository.Root,
            folder,
            new Dictionary<string, string?> { ["Freshchat:Regions:0"] = pressed.ChatUrl, ["Freshchat:Regions:1"] = neverPressed.ChatUrl }
        );
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync(portal.Url, "en");
        var admin = new Newcomer(await person.NewPageAsync(), null!, "en");
        await admin.SignInAsync();
        await admin.Portal.GotoAsync("/bots/new");
        await admin.FillAsync("chat-url", typed.ChatUrl);
        await admin.FillAsync("api-token", pressed.Freshchat.Token);

        await admin.ClickAsync("check-account");
        await Assertions.Expect(admin.Portal.GetByTestId("try-region")).ToHaveCountAsync(2);
        Assert.NotEmpty(typed.Requests);
        Assert.Empty(pressed.Requests);
        var region = admin.Portal.GetByTestId("region").Filter(new() { HasText = new Uri(pressed.ChatUrl).Authority });
        await region.GetByTestId("try-region").ClickAsync();

        await admin.SeeAsync("account-found");
        await Assertions.Expect(admin.Portal.GetByTestId("chat-url")).ToHaveValueAsync(pressed.ChatUrl);
        Assert.All(pressed.Requests, request => Assert.Equal("Bearer " + pressed.Freshchat.Token, request.Headers["Authorization"]));
        Assert.Empty(neverPressed.Requests);
    }
}
