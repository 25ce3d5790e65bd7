using Microsoft.Playwright;

namespace EndToEnd.Tests.Wizard;

/// <summary>What an admin does in the wizard, by the handles that both languages share.</summary>
public sealed class WizardAdmin(IPage page, WizardWorld world, string device) : IAsyncDisposable
{
    public IPage Page => page;

    public ILocator At(string handle) => page.GetByTestId(handle).First;

    /// <summary>Begins a set-up.</summary>
    public async Task BeginAsync()
    {
        await page.GotoAsync("/bots/new");
        await StepAsync("freshchat");
        await Assertions.Expect(page.Locator("[data-interactive=true]").First).ToBeAttachedAsync();
    }

    public Task StepAsync(string name) => Assertions.Expect(At("wizard-" + name)).ToBeVisibleAsync();

    public Task ClickAsync(string handle) => At(handle).ClickAsync();

    public Task FillAsync(string handle, string text) => At(handle).FillAsync(text);

    public Task SeeAsync(string handle) => Assertions.Expect(At(handle)).ToBeVisibleAsync();

    /// <summary>An error at a field, with cause and next step.</summary>
    public Task RefusedAsync(string code) => Assertions.Expect(page.Locator($"[data-testid=field-error][data-code={code}]").First).ToBeVisibleAsync();

    /// <summary>An element in a state.</summary>
    public Task StateAsync(string handle, string state) => Assertions.Expect(At(handle)).ToHaveAttributeAsync("data-state", state);

    /// <summary>Waits until the server has what was typed.</summary>
    public async Task KeptAsync()
    {
        await Assertions.Expect(At("draft-saved")).Not.ToBeEmptyAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/bots/[0-9a-f-]{36}/connect"));
    }

    /// <summary>Whether a text stands anywhere on the page, in its fields too: what they hold is no part of the markup.</summary>
    public async Task<bool> HoldsAsync(string text) =>
        (await page.ContentAsync()).Contains(text, StringComparison.Ordinal)
        || await page.EvaluateAsync<bool>("text => [...document.querySelectorAll('input, textarea, select')].some(field => field.value.includes(text))", text);

    /// <summary>The first step, filled in as it should be.</summary>
    public async Task FillAccountAsync()
    {
        await FillAsync("chat-url", world.Fact("chatUrl"));
        await FillAsync("api-token", world.Fact("token"));
    }

    /// <summary>From the first step to another, without a mistake.</summary>
    public async Task GoToAsync(string step)
    {
        foreach (var (name, act) in Walk())
        {
            await StepAsync(name);
            if (name == step)
                return;
            await act();
            await ClickAsync("next");
        }
        await StepAsync(step);
    }

    private IEnumerable<(string Step, Func<Task> Act)> Walk()
    {
        yield return ("freshchat", FillAccountAsync);
        yield return ("agent", () => page.GetByTestId("agent-" + world.Id("agents", "Bot")).CheckAsync());
        yield return ("group", () => page.GetByTestId("group-" + world.Id("groups", "Support")).CheckAsync());
        yield return ("bot", () => FillAsync("bot-name", "freshbot"));
        yield return ("sites", () => Task.CompletedTask);
    }

    /// <summary>Keeps a picture of the step, named by device and step.</summary>
    public Task PictureAsync(string name) =>
        Picture.TakeAsync(page, Path.Combine(Repository.Screenshots, $"wizard-{device}-{name}.png"));

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();
}
