using Microsoft.Playwright;

namespace EndToEnd.Tests.Wizard;

/// <summary>The last two steps in a browser: refused webhooks, the first event, the way of a message there and back, and going live.</summary>
public sealed class ProofTests(WizardWorld world) : IClassFixture<WizardWorld>
{
    [Fact]
    public async Task A_bot_goes_live_when_every_station_was_passed_and_answers_nobody_else_before()
    {
        await using var admin = await world.AdminAsync();
        await admin.BeginAsync();
        await admin.GoToAsync("sites");
        await admin.ClickAsync("next");
        await admin.StepAsync("webhook");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("public_key_missing");
        await admin.FillAsync("public-key", "hello");
        await admin.At("public-key").BlurAsync();
        await admin.RefusedAsync("public_key_not_base64");
        await admin.FillAsync("public-key", world.Fact("publicKey"));
        await admin.SeeAsync("key-accepted");

        await admin.StateAsync("first-event-state", "waiting");
        await world.SendWebhooksToAsync((await admin.At("webhook-url").InnerTextAsync()).Trim());
        await world.SwitchAsync("freshchat/bad-signature", 1);
        await world.WriteAsync("Hola");
        await Assertions.Expect(admin.At("rejected")).ToHaveAttributeAsync("data-code", "signature_mismatch");
        // What else the account tells meanwhile is signed well, and may come first.
        await world.WriteAsync("Hola");
        await admin.StateAsync("first-event-state", "received");
        await admin.PictureAsync("webhook");
        await admin.ClickAsync("next");

        await admin.StepAsync("proof");
        await admin.SeeAsync("proof-means");
        await admin.PictureAsync("proof-before");
        await admin.ClickAsync("begin-proof");
        await admin.StateAsync("proof-state", "Waiting");

        // What the bot does not know ends at the reply, and says so.
        await world.WriteAsync("¿Cuántos habitantes tiene la Luna?");
        await admin.StateAsync("proof-state", "Failed");
        await Assertions.Expect(admin.At("station-reply")).ToHaveAttributeAsync("data-code", "does_not_know");
        await admin.PictureAsync("proof-failed");

        await admin.ClickAsync("write-as-customer");
        await admin.StateAsync("proof-state", "Proved");
        foreach (var station in new[] { "customer", "webhook", "portal", "mammut", "reply", "freshchat" })
            await admin.StateAsync("station-" + station, "passed");
        await admin.PictureAsync("proof-proved");
        await admin.Page.ReloadAsync();
        await admin.StepAsync("proof");
        await admin.SeeAsync("live-means");
        await admin.ClickAsync("go-live");
        await Assertions.Expect(admin.At("bot-status")).ToHaveAttributeAsync("data-state", "live");
    }

    [Fact]
    public async Task Leaving_without_proof_is_said_plainly_and_asked()
    {
        await using var admin = await world.AdminAsync();
        await admin.BeginAsync();
        await admin.GoToAsync("sites");
        await admin.ClickAsync("next");
        await admin.FillAsync("public-key", world.Fact("publicKey"));
        await admin.SeeAsync("key-accepted");
        await admin.ClickAsync("next");
        await admin.StepAsync("proof");
        await admin.ClickAsync("go-live-unproved");
        await Assertions.Expect(admin.At("confirm")).ToBeVisibleAsync();
        await admin.ClickAsync("cancel");
        await admin.SeeAsync("proof-means");
    }
}
