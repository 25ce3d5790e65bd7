using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>What a person does with the portal and the sandbox, by the handles that both languages share.</summary>
internal sealed class Newcomer(IPage portal, IPage sandbox, string language)
{
    public IPage Portal => portal;

    public IPage Sandbox => sandbox;

    public async Task SignInAsync(string person = "admin")
    {
        await portal.GotoAsync("/");
        await portal.Locator($"[data-person={person}]").ClickAsync();
        await Assertions.Expect(portal.Locator("[data-interactive=true]").First).ToBeAttachedAsync();
    }

    public Task ClickAsync(string handle) => portal.GetByTestId(handle).First.ClickAsync();

    public async Task FillAsync(string handle, string value) => await portal.GetByTestId(handle).First.FillAsync(value);

    public Task SeeAsync(string handle) => Assertions.Expect(portal.GetByTestId(handle).First).ToBeVisibleAsync();

    /// <summary>Waits for a step of the wizard.</summary>
    public Task StepAsync(string name) => SeeAsync("wizard-" + name);

    public async Task<string> FactAsync(string handle) => (await sandbox.GetByTestId(handle).First.InnerTextAsync()).Trim();

    /// <summary>Presses a button of the sandbox and waits until it has been done: a page that is left at once may never send it.</summary>
    public Task DoneAsync(ILocator button) =>
        sandbox.RunAndWaitForResponseAsync(() => button.ClickAsync(), answer => answer.Request.Method is "PUT" or "POST" && answer.Ok);

    /// <summary>Writes as the customer of a shop.</summary>
    public async Task WriteAsync(string shop, string text)
    {
        var chat = sandbox.GetByTestId("shop-" + shop);
        await chat.GetByTestId("chat-input").FillAsync(text);
        await DoneAsync(chat.GetByTestId("chat-send"));
        await Assertions.Expect(chat.GetByTestId("chat-message-customer").Filter(new() { HasText = text }).Last).ToBeVisibleAsync();
    }

    /// <summary>What the bot has said in a shop, once it has said at least so much.</summary>
    public async Task<IReadOnlyList<string>> BotSaidAsync(string shop, int atLeast)
    {
        var said = sandbox.GetByTestId("shop-" + shop).GetByTestId("chat-message-bot");
        await Assertions.Expect(said.Nth(atLeast - 1)).ToBeVisibleAsync();
        return await said.AllInnerTextsAsync();
    }

    /// <summary>Keeps a picture for the read-me, when they are being renewed (<c>./test pictures</c>).</summary>
    public async Task ReadMePictureAsync(string name)
    {
        if (language == "en" && Environment.GetEnvironmentVariable("README_PICTURES") == "1")
            await portal.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "images", name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>Keeps a picture of a page, named by what it shows.</summary>
    public Task PictureAsync(string name, IPage? page = null) => Picture.TakeAsync(page ?? portal, Path.Combine(Repository.Screenshots, $"{language}-{name}.png"));
}
