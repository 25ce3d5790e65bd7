using Microsoft.Playwright;

namespace EndToEnd.Tests.Wizard;

/// <summary>What was typed survives the browser, the portal and the device.</summary>
public sealed class ResumeTests(WizardWorld world) : IClassFixture<WizardWorld>
{
    [Fact]
    public async Task A_draft_goes_on_after_a_restart_and_on_the_phone()
    {
        string address;
        await using (var laptop = await world.AdminAsync())
        {
            await laptop.BeginAsync();
            await laptop.At("chat-url").PressSequentiallyAsync("https://half.an.addr");
            await laptop.KeptAsync();
            // The field keeps the caret while the draft gets its address.
            await laptop.Page.Keyboard.TypeAsync("ess");
            await laptop.FillAsync("api-token", world.Fact("token"));
            await laptop.At("app-id").PressSequentiallyAsync("424b");
            address = new Uri(laptop.Page.Url).PathAndQuery;
            // What another device shows the server has.
            await using var desk = await world.AdminAsync();
            await desk.Page.GotoAsync(address);
            await desk.StepAsync("freshchat");
            await desk.SeeAsync("token-saved");
            await Assertions.Expect(desk.At("chat-url")).ToHaveValueAsync("https://half.an.address");
            await Assertions.Expect(desk.At("app-id")).ToHaveValueAsync("424b");
        }
        await world.RestartPortalAsync();

        await using var phone = await world.AdminAsync(width: 390, scheme: ColorScheme.Dark);
        await phone.Page.GotoAsync("/bots/new");
        await phone.SeeAsync("unfinished");
        await phone.PictureAsync("unfinished");
        await phone.ClickAsync("resume-draft");
        await phone.StepAsync("freshchat");
        await Assertions.Expect(phone.At("chat-url")).ToHaveValueAsync("https://half.an.address");
        await Assertions.Expect(phone.At("app-id")).ToHaveValueAsync("424b");
        await phone.SeeAsync("token-saved");
        Assert.False(await phone.HoldsAsync(world.Fact("token")));

        await phone.FillAsync("app-id", "");
        await phone.FillAsync("chat-url", world.Fact("chatUrl"));
        await phone.ClickAsync("next");
        await phone.StepAsync("agent");
        await phone.PictureAsync("agent");

        // Back is never refused, and what is typed there shows on a desk where the draft is open too.
        await using var other = await world.AdminAsync();
        await other.Page.GotoAsync(address);
        await other.StepAsync("freshchat");
        await Assertions.Expect(other.At("chat-url")).ToHaveValueAsync(world.Fact("chatUrl"));
        await phone.ClickAsync("back");
        await phone.StepAsync("freshchat");
        await phone.FillAsync("app-id", "typed-on-the-phone");
        await Assertions.Expect(other.At("app-id")).ToHaveValueAsync("typed-on-the-phone");
    }
}
