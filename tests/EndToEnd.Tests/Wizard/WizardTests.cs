using Microsoft.Playwright;

namespace EndToEnd.Tests.Wizard;

/// <summary>Each step of the wizard in a browser, with each of its bad inputs as the sandbox produces them.</summary>
public sealed class WizardTests(WizardWorld world) : IClassFixture<WizardWorld>
{
    [Theory]
    [InlineData("html-host", "not_json", true)]
    [InlineData("redirect", "redirected", true)]
    [InlineData("token-refused", "token_refused", true)]
    [InlineData("no-scope", "token_forbidden", false)]
    public async Task A_refusal_of_the_account_has_a_name_and_other_regions_are_only_offered(string fault, string code, bool elsewhere)
    {
        await using var admin = await world.AdminAsync();
        await admin.BeginAsync();
        await admin.FillAccountAsync();
        await world.SwitchAsync("freshchat/" + fault, -1);
        try
        {
            await admin.ClickAsync("check-account");
            await admin.RefusedAsync(code);
        }
        finally
        {
            await world.SwitchAsync("freshchat/" + fault, 0);
        }
        Assert.Equal(elsewhere ? 4 : 0, await admin.Page.GetByTestId("try-region").CountAsync());
        if (code == "token_forbidden")
            await Assertions.Expect(admin.At("field-error")).ToContainTextAsync("Token has no permission for this operation");
        await admin.PictureAsync("freshchat-" + code);

        await admin.ClickAsync("check-account");
        await admin.SeeAsync("account-found");
    }

    [Fact]
    public async Task What_is_typed_wrong_on_the_first_step_is_said_at_its_field()
    {
        await using var admin = await world.AdminAsync();
        await admin.BeginAsync();
        await admin.ClickAsync("next");
        await admin.RefusedAsync("required");
        await admin.FillAsync("chat-url", "acme");
        await admin.FillAsync("api-token", "something-else-entirely");
        await Assertions.Expect(admin.At("token-warning")).ToHaveAttributeAsync("data-code", "token_looks_wrong");
        await admin.At("api-token").PressAsync("Enter");
        await admin.RefusedAsync("chat_url_invalid");
        await admin.FillAsync("chat-url", "http://acme.freshchat.com/v2");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("chat_url_https_required");
        await admin.FillAccountAsync();
        await admin.FillAsync("app-id", "6f0c1d5e-2f4b-4b7e-9a52-4f4f5a0c1b2d");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("app_id_mismatch");
        await admin.ClickAsync("use-app-id");
        await admin.SeeAsync("account-found");
        await admin.ClickAsync("next");
        await admin.StepAsync("agent");
    }

    [Fact]
    public async Task A_pasted_page_fills_the_wizard_up_to_the_key()
    {
        await using var admin = await world.AdminAsync();
        await admin.BeginAsync();
        await admin.FillAsync("paste", $"Chat URL\n{world.Fact("chatUrl")}\nAPI token\n{world.Fact("token")}\nApp ID\n{world.Fact("appId")}\nPublic key\n{world.Fact("publicKey")}\nsiteId: \"comida\"");
        foreach (var part in new[] { "chat-url", "token", "app-id", "public-key", "site-ids" })
            await admin.SeeAsync("pasted-" + part);
        await Assertions.Expect(admin.At("paste")).ToHaveValueAsync("");
        Assert.False(await admin.HoldsAsync(world.Fact("token")));
        await admin.PictureAsync("freshchat-pasted");
        await admin.KeptAsync();
        await admin.ClickAsync("check-account");
        await admin.SeeAsync("account-found");
        await admin.ClickAsync("next");
        await admin.StepAsync("agent");
        await admin.Page.GetByTestId("agent-" + world.Id("agents", "Bot")).CheckAsync();
        await Assertions.Expect(admin.Page.GetByTestId("person-warning")).ToHaveCountAsync(0);
        await admin.ClickAsync("next");
        await admin.StepAsync("group");
        await admin.ClickAsync("group-none");
        await admin.ClickAsync("next");
        await admin.StepAsync("bot");
        await admin.FillAsync("bot-name", "pasted");
        await admin.ClickAsync("next");
        await admin.StepAsync("sites");
        await Assertions.Expect(admin.At("site-id-0")).ToHaveValueAsync("comida");
        await admin.ClickAsync("next");
        await admin.StepAsync("webhook");
        await admin.SeeAsync("key-accepted");
    }

    [Fact]
    public async Task A_page_of_a_hundred_thousand_letters_is_sorted_too()
    {
        await using var admin = await world.AdminAsync();
        await admin.BeginAsync();
        // Few lines: thousands of them take Chromium longer to write into the field than the portal to read.
        var line = string.Concat(Enumerable.Repeat("Configuración de la cuenta ", 100)) + "\n";
        await admin.FillAsync("paste", $"{string.Concat(Enumerable.Repeat(line, 40))}Chat URL\n{world.Fact("chatUrl")}");
        await admin.SeeAsync("pasted-chat-url");
        await Assertions.Expect(admin.At("chat-url")).ToHaveValueAsync(world.Fact("chatUrl"));
        await Assertions.Expect(admin.At("reconnect")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Agent_and_group_are_chosen_with_every_warning()
    {
        await using var admin = await world.AdminAsync("es", 390, ColorScheme.Dark);
        await admin.BeginAsync();
        await admin.GoToAsync("agent");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("required");
        await admin.FillAsync("agent-id", "nobody");
        await admin.RefusedAsync("agent_not_found");
        await admin.FillAsync("agent-id", world.Id("agents", "Marta"));
        await admin.RefusedAsync("agent_deactivated");
        await Assertions.Expect(admin.At("agent-" + world.Id("agents", "Marta"))).ToBeDisabledAsync();
        await admin.FillAsync("search-agents", "lucía");
        await admin.At("search-agents").PressAsync("Enter");
        await admin.SeeAsync("person-warning");
        await admin.SeeAsync("intelliassign-warning");
        await admin.PictureAsync("agent-warned");
        await admin.FillAsync("search-agents", "");
        await admin.Page.GetByTestId("agent-" + world.Id("agents", "Bot")).CheckAsync();
        await admin.ClickAsync("next");

        await admin.StepAsync("group");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("group_undecided");
        await Assertions.Expect(admin.Page.Locator("[data-testid=group-refused][data-code=group_ambiguous]")).ToHaveCountAsync(2);
        await Assertions.Expect(admin.Page.Locator("[data-testid=group-refused][data-code=group_contains_bot]")).ToHaveCountAsync(1);
        await admin.PictureAsync("group-refused");
    }

    [Fact]
    public async Task The_step_Bot_tells_unknown_ids_lost_answers_and_what_it_sends()
    {
        await using var admin = await world.AdminAsync("es", scheme: ColorScheme.Dark);
        await admin.BeginAsync();
        await admin.GoToAsync("bot");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("required");
        await admin.FillAsync("bot-name", "lost");
        await admin.ClickAsync("bot-existing");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("mammut_id_required");
        await admin.FillAsync("mammut-id", "73x");
        await admin.RefusedAsync("mammut_id_invalid");
        await admin.FillAsync("mammut-id", "99999999");
        await admin.ClickAsync("look-up");
        await admin.RefusedAsync("mammut_id_unknown");
        await admin.ClickAsync("bot-new");
        await Assertions.Expect(admin.At("sent-to-mammut")).ToContainTextAsync("lost");
        Assert.False(await admin.HoldsAsync(world.Fact("token")));

        await world.SwitchAsync("mammut/lost-answer", 1);
        await admin.ClickAsync("next");
        await admin.SeeAsync("create-unclear");
        await admin.PictureAsync("bot-unclear");
        await admin.Page.GetByTestId("looked").CheckAsync();
        await admin.ClickAsync("create-again");
        await admin.StepAsync("sites");
        await admin.ClickAsync("back");
        await admin.SeeAsync("bot-exists");
    }

    [Fact]
    public async Task The_step_Sites_tells_what_is_missing_and_what_no_message_will_meet()
    {
        await using var admin = await world.AdminAsync("en", 390);
        await admin.BeginAsync();
        await admin.GoToAsync("sites");
        await admin.SeeAsync("sites-none");
        await admin.ClickAsync("sites-add");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("site_id_required");
        await admin.FillAsync("site-id-0", "comida");
        await admin.ClickAsync("next");
        await admin.RefusedAsync("site_context_required");
        await admin.FillAsync("site-context-0", "comida");

        await admin.ClickAsync("sites-add");
        await admin.FillAsync("site-id-1", "comida");
        await admin.FillAsync("site-context-1", "otra");
        await Assertions.Expect(admin.At("site-finding")).ToHaveAttributeAsync("data-kind", "duplicate");
        await admin.At("site-source-1").SelectOptionAsync("Topic");
        await Assertions.Expect(admin.At("site-finding")).ToHaveAttributeAsync("data-kind", "shadowed");
        await Assertions.Expect(admin.At("site-id-1").Locator("option:checked")).ToContainTextAsync("comida");
        await admin.KeptAsync();
        await admin.PictureAsync("sites-findings");
        await admin.ClickAsync("site-remove-1");
        await Assertions.Expect(admin.At("site-finding")).ToHaveCountAsync(0);
        await admin.FillAsync("default-context", new string('x', 300));
        await admin.ClickAsync("next");
        await admin.RefusedAsync("too_long");
        await admin.FillAsync("default-context", "tienda");
        await admin.ClickAsync("next");
        await admin.StepAsync("webhook");
    }
}
