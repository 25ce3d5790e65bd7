using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>The whole job in Spanish.</summary>
public sealed class WholeJobInSpanish
{
    [Fact]
    public Task A_newcomer_connects_a_bot_and_sees_it_work() => WholeJob.RunAsync("es");
}

/// <summary>The whole job in English.</summary>
public sealed class WholeJobInEnglish
{
    [Fact]
    public Task A_newcomer_connects_a_bot_and_sees_it_work() => WholeJob.RunAsync("en");
}

/// <summary>The job a newcomer does by hand, from sign-in to a bot that hands over and comes back.</summary>
internal static class WholeJob
{
    private const string Question = "¿Qué me recomienda?";
    private const string Unknown = "¿Cuántos habitantes tiene la Luna?";

    // The tabs of a bot, each with what only it shows, and only once it has been read.
    private static readonly (string Tab, string Content)[] Tabs =
    [
        ("overview", "[data-testid=checked-at]"),
        ("settings", "[data-testid=account-state][data-state=known]"),
        ("sites", "[data-testid=sites-save]"),
        ("webhook", "[data-testid=webhook-url]"),
        ("conversations", "[data-testid=conversation-row]"),
        ("activity", "[data-testid=activity]"),
    ];

    public static async Task RunAsync(string language)
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync(portal.Address, language);
        var newcomer = new Newcomer(await person.NewPageAsync(), await person.NewPageAsync(), language);

        await SignInAsync(newcomer, language);
        await ConnectAsync(newcomer);
        await AskInBothShopsAsync(newcomer);
        await HandOverAndComeBackAsync(newcomer);
        await LookAtWhatHappenedAsync(newcomer);
    }

    private static async Task SignInAsync(Newcomer newcomer, string language)
    {
        await newcomer.Portal.GotoAsync("/");
        await Assertions.Expect(newcomer.Portal).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sandbox/identity/"));
        await newcomer.PictureAsync("01-sign-in");
        await newcomer.SignInAsync();
        await newcomer.SeeAsync("empty");
        Assert.Equal(language, await newcomer.Portal.Locator("html").GetAttributeAsync("lang"));
        await newcomer.PictureAsync("02-dashboard-empty");
    }

    private static async Task ConnectAsync(Newcomer newcomer)
    {
        await newcomer.Sandbox.GotoAsync("/sandbox/admin");
        await Assertions.Expect(newcomer.Sandbox.GetByTestId("admin-token")).ToBeVisibleAsync();
        await newcomer.PictureAsync("03-freshchat-admin", newcomer.Sandbox);

        await newcomer.ClickAsync("connect-bot");
        await newcomer.StepAsync("freshchat");
        await newcomer.FillAsync("chat-url", await newcomer.FactAsync("admin-chat-url"));
        await newcomer.FillAsync("api-token", "not-the-token-of-this-account");
        await newcomer.ClickAsync("check-account");
        await newcomer.SeeAsync("field-error");
        await newcomer.PictureAsync("04-wizard-wrong-token");
        await newcomer.FillAsync("api-token", await newcomer.FactAsync("admin-token"));
        await newcomer.FillAsync("app-id", await newcomer.FactAsync("admin-app-id"));
        await newcomer.ClickAsync("check-account");
        await newcomer.SeeAsync("account-found");
        await newcomer.PictureAsync("05-wizard-freshchat");
        await newcomer.ClickAsync("next");

        await newcomer.StepAsync("agent");
        await newcomer.Portal.GetByTestId("agent-" + await newcomer.FactAsync("admin-bot-agent")).CheckAsync();
        await newcomer.PictureAsync("06-wizard-agent");
        await newcomer.ClickAsync("next");

        await newcomer.StepAsync("group");
        await newcomer.Portal.Locator("label").Filter(new() { HasText = "Mammut Bot Support team" }).Locator("input").CheckAsync();
        await newcomer.PictureAsync("07-wizard-group");
        await newcomer.ClickAsync("next");

        await newcomer.StepAsync("bot");
        await newcomer.FillAsync("bot-name", "freshbot");
        await newcomer.PictureAsync("08-wizard-bot");
        await newcomer.ClickAsync("next");

        await newcomer.StepAsync("sites");
        foreach (var (site, place) in new[] { ("comida", 0), ("utensilios", 1) })
        {
            await newcomer.ClickAsync("sites-add");
            await newcomer.FillAsync($"site-id-{place}", site);
            await newcomer.FillAsync($"site-context-{place}", site);
        }
        await newcomer.PictureAsync("09-wizard-sites");
        await newcomer.ClickAsync("next");

        await newcomer.StepAsync("webhook");
        await Assertions.Expect(newcomer.Portal.GetByTestId("first-event-state")).ToHaveAttributeAsync("data-state", "waiting");
        await newcomer.FillAsync("public-key", await newcomer.FactAsync("admin-public-key"));
        await newcomer.SeeAsync("key-accepted");
        var url = (await newcomer.Portal.GetByTestId("webhook-url").InnerTextAsync()).Trim();
        await newcomer.Portal.BringToFrontAsync();
        await newcomer.ClickAsync("copy-webhook-url");
        await newcomer.Portal.WaitForFunctionAsync("async url => await navigator.clipboard.readText() === url", url);
        await newcomer.PictureAsync("10-wizard-webhook");

        await newcomer.Sandbox.GetByTestId("webhook-url-input").FillAsync(url);
        await newcomer.Sandbox.GetByTestId("webhook-enabled").CheckAsync();
        await newcomer.DoneAsync(newcomer.Sandbox.GetByTestId("webhook-save"));
        await newcomer.Sandbox.GotoAsync("/sandbox");
        await newcomer.WriteAsync("comida", "Hola");
        await Assertions.Expect(newcomer.Portal.GetByTestId("first-event-state")).ToHaveAttributeAsync("data-state", "received");
        await newcomer.PictureAsync("11-wizard-first-event");
        await newcomer.ClickAsync("next");

        await newcomer.StepAsync("proof");
        await newcomer.PictureAsync("11-wizard-proof-before");
        await newcomer.ClickAsync("begin-proof");
        await Assertions.Expect(newcomer.Portal.GetByTestId("proof-state")).ToHaveAttributeAsync("data-state", "Waiting");
        await newcomer.WriteAsync("comida", "Hola");
        await Assertions.Expect(newcomer.Portal.GetByTestId("proof-state")).ToHaveAttributeAsync("data-state", "Proved");
        await newcomer.PictureAsync("11-wizard-proved");
        await newcomer.ClickAsync("go-live");
        await newcomer.SeeAsync("went-live");
        await newcomer.PictureAsync("11-wizard-went-live");
        await Assertions.Expect(newcomer.Portal.GetByTestId("bot-status").First).ToHaveAttributeAsync("data-state", "live");
    }

    private static async Task AskInBothShopsAsync(Newcomer newcomer)
    {
        await newcomer.WriteAsync("comida", Question);
        await newcomer.WriteAsync("utensilios", Question);
        var food = await newcomer.BotSaidAsync("comida", 1);
        var kitchen = await newcomer.BotSaidAsync("utensilios", 1);
        Assert.NotEqual(food[^1], kitchen[^1]);
        await newcomer.PictureAsync("12-shops", newcomer.Sandbox);
    }

    private static async Task HandOverAndComeBackAsync(Newcomer newcomer)
    {
        var before = (await newcomer.BotSaidAsync("comida", 1)).Count;
        await newcomer.WriteAsync("comida", Unknown);

        await newcomer.Sandbox.GotoAsync("/sandbox/desk");
        await newcomer.Sandbox.GetByTestId("desk-conversation").Filter(new() { HasText = Unknown }).ClickAsync();
        await Assertions.Expect(newcomer.Sandbox.GetByTestId("desk-group").Locator("option:checked")).ToHaveTextAsync("Mammut Bot Support team");
        await newcomer.PictureAsync("13-desk-handed-over", newcomer.Sandbox);
        await newcomer.Sandbox.GetByTestId("desk-reply-input").FillAsync("Le atiende una persona.");
        await newcomer.DoneAsync(newcomer.Sandbox.GetByTestId("desk-reply-send"));
        await Assertions.Expect(newcomer.Sandbox.GetByTestId("desk-message-person")).ToBeVisibleAsync();

        await newcomer.Sandbox.GotoAsync("/sandbox");
        await newcomer.WriteAsync("comida", "Hola");
        // The portal says what became of that message, so the silence of the bot is known without waiting for it.
        await newcomer.Portal.GotoAsync("/deliveries");
        await Assertions.Expect(newcomer.Portal.Locator("[data-testid=delivery-row][data-reason=people_own]").First).ToBeVisibleAsync();
        Assert.Equal(before, (await newcomer.BotSaidAsync("comida", before)).Count);

        await newcomer.Sandbox.GotoAsync("/sandbox/desk");
        await newcomer.Sandbox.GetByTestId("desk-conversation").Filter(new() { HasText = "Mammut Bot Support team" }).First.ClickAsync();
        await newcomer.DoneAsync(newcomer.Sandbox.GetByTestId("desk-resolve"));
        await newcomer.Sandbox.GotoAsync("/sandbox");
        await newcomer.WriteAsync("comida", Question);
        await newcomer.BotSaidAsync("comida", before + 1);
    }

    private static async Task LookAtWhatHappenedAsync(Newcomer newcomer)
    {
        await newcomer.PictureAsync("14-deliveries");
        await newcomer.Portal.GetByTestId("delivery-row").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await newcomer.SeeAsync("payload");
        await newcomer.PictureAsync("15-delivery");

        await newcomer.ClickAsync("nav-conversations");
        await newcomer.SeeAsync("conversation-row");
        await newcomer.PictureAsync("16-conversations");
        await newcomer.Portal.GetByTestId("conversation-row").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await newcomer.SeeAsync("timeline");
        await Assertions.Expect(newcomer.Portal.GetByTestId("owner").First).ToHaveAttributeAsync("data-owner", "bot");
        await Assertions.Expect(newcomer.Portal.GetByTestId("context").First).ToContainTextAsync("comida");
        await Assertions.Expect(newcomer.Portal.Locator("[data-testid=timeline-entry][data-kind=handedover]")).ToHaveCountAsync(1);
        await Assertions.Expect(newcomer.Portal.GetByTestId("rule").First).ToBeVisibleAsync();
        await newcomer.PictureAsync("17-conversation");
        await newcomer.ReadMePictureAsync("conversation");

        await newcomer.ClickAsync("nav-bots");
        await Assertions.Expect(newcomer.Portal.GetByTestId("hand-over").First.Or(newcomer.Portal.GetByTestId("bot-row").First).First).ToBeVisibleAsync();
        await newcomer.PictureAsync("18-dashboard");
        await newcomer.ReadMePictureAsync("dashboard");
        await newcomer.Portal.GetByTestId("bot-row").First.GetByRole(AriaRole.Link).First.ClickAsync();
        foreach (var (tab, content) in Tabs)
        {
            await newcomer.ClickAsync("tab-" + tab);
            await Assertions.Expect(newcomer.Portal.Locator(content).First).ToBeVisibleAsync();
            await newcomer.PictureAsync("19-bot-" + tab);
        }
        await newcomer.ClickAsync("nav-settings");
        await newcomer.PictureAsync("20-settings");
    }
}
