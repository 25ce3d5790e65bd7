using Bunit;
using Bunit.TestDoubles;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Changes;
using Core.Outcomes;
using Portal.Components.Bots;
using Portal.Components.Bots.Editing;
using Support;

namespace Portal.Tests.Components;

/// <summary>Settings while they are changed: nothing that was typed is lost without a word, and nothing is kept unseen.</summary>
[Trait("Database", "both")]
public sealed class SettingsFormTests : LiveBotContext
{
    public static TheoryData<string> Marked => [.. SettingsFields.Marked];

    [Fact]
    public async Task What_is_typed_while_saving_is_neither_kept_unseen_nor_lost()
    {
        var form = await OpenFormAsync();
        form.Find(ByTestId("edit-name")).Input("saved");
        using var gate = Hold(request => request.ToMammut);
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.True(form.Find("fieldset").HasAttribute("disabled")));
        Assert.Contains("Checking with Freshchat", form.Find(ByTestId("settings-state")).TextContent, StringComparison.Ordinal);

        // It was on its way when the button was pressed.
        form.Find(ByTestId("edit-name")).Input("typed later");
        gate.Set();
        form.WaitForAssertion(() => Assert.False(form.Find("fieldset").HasAttribute("disabled")));

        Assert.Equal("saved", (await ReadAsync()).Name);
        Assert.Equal("saved", (string?)Sides.Mammut.Bots.Single()["name"]);
        Assert.Equal("typed later", form.Find(ByTestId("edit-name")).GetAttribute("value"));
        Assert.Empty(form.Find(ByTestId("settings-saved")).TextContent.Trim());
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.Contains("Saved", form.Find(ByTestId("settings-saved")).TextContent, StringComparison.Ordinal));
        Assert.Equal("typed later", (await ReadAsync()).Name);
    }

    [Fact]
    public async Task Leaving_with_unsaved_settings_asks()
    {
        var form = await OpenFormAsync();
        Navigation.NavigateTo($"/bots/{Bot.Id}/settings");
        await AtAsync("/settings");
        form.Find(ByTestId("edit-locale")).Input("es");

        Navigation.NavigateTo($"/bots/{Bot.Id}/settings#token");
        await AtAsync("#token");
        Navigation.NavigateTo("/deliveries");
        Answer(goAhead: false);
        await Eventually.BecomesAsync(() => Navigation.History.First().State is NavigationState.Prevented, "the way to another page being barred");
        Assert.Equal("es", form.Find(ByTestId("edit-locale")).GetAttribute("value"));
        AssertNothingIsAsked();

        Navigation.NavigateTo("/deliveries");
        Answer(goAhead: true);
        await AtAsync("/deliveries");
    }

    [Fact]
    public async Task Leaving_without_a_change_does_not_ask()
    {
        await OpenFormAsync();

        Navigation.NavigateTo("/deliveries");

        await AtAsync("/deliveries");
        AssertNothingIsAsked();
    }

    [Fact]
    public async Task A_refused_token_is_said_where_it_can_be_seen_with_the_way_to_its_repair()
    {
        var form = await OpenFormAsync();
        Sides.Instead = request => request.ToMammut ? null : FarReply.Example(401, "error-401.json");

        form.Find(ByTestId("edit-group")).Change("Pedidos");
        form.Find("form").Submit();

        var panel = form.WaitForElement(ByTestId("error"));
        Assert.Equal("token_refused", panel.GetAttribute("data-code"));
        Assert.EndsWith("/settings#token", form.Find(ByTestId("to-token")).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(form.Find(ByTestId("settings-state")).TextContent);
    }

    [Theory]
    [MemberData(nameof(Marked))]
    public void A_refusal_stands_at_its_field(string field)
    {
        var bot = Some.Bot("freshbot", "…0042", "a-1", BotStatus.Live);
        var account = new FreshchatProbe("app-1", null, [new("a-1", "Bot", null, null, false, false)], [], []);

        foreach (var probe in new[] { null, account })
        {
            var draft = new SettingsDraft(bot) { Problem = new Error("required", field) };
            var fields = Render<SettingsFields>(p => p.Add(f => f.Draft, draft).Add(f => f.Probe, probe));
            Assert.Equal("required", fields.Find(ByTestId("field-error")).GetAttribute("data-code"));
        }
    }

    [Fact]
    public async Task Where_the_account_does_not_answer_ids_are_typed()
    {
        await OpenAsync();
        using var gate = Hold(request => !request.ToMammut);
        var form = Show<SettingsForm>(Admin);
        Assert.Equal("asking", form.Find(ByTestId("account-state")).GetAttribute("data-state"));

        Sides.Instead = request => request.ToMammut ? null : FarReply.Example(401, "error-401.json");
        gate.Set();

        form.WaitForElement("[data-testid=account-state][data-state=unanswered]");
        Assert.Equal("INPUT", form.Find(ByTestId("edit-agent")).TagName);
    }

    [Fact]
    public async Task What_two_admins_changed_is_chosen_before_it_is_saved()
    {
        var form = await OpenFormAsync();
        form.Find(ByTestId("edit-name")).Input("mine");
        var theirs = Bot.ToSettings();
        theirs.Name = "theirs";
        var changed = await Get<ChangeBot>().HandleAsync(new("Olga", Core.Security.Role.Admin), Bot.Id, theirs, null, CancellationToken.None);

        // Their change is not on this page yet: saving meets it.
        form.Find("form").Submit();

        form.WaitForAssertion(() => Assert.Contains("Olga changed Name", form.Find(ByTestId("conflict")).TextContent, StringComparison.Ordinal));
        form.WaitForAssertion(() => Assert.True(form.Find(ByTestId("settings-save")).HasAttribute("disabled")));
        Assert.Equal("To save, choose whose value stays in each line above.", form.Find(ByTestId("settings-state")).TextContent);
        form.Find(ByTestId("choose-theirs")).Change(true);
        form.Find(ByTestId("choose-mine")).Change(true);
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.Contains("Saved", form.Find(ByTestId("settings-saved")).TextContent, StringComparison.Ordinal));
        Assert.Empty(form.FindAll(ByTestId("conflict")));
        Assert.True(changed.Succeeded);
        Assert.Equal("mine", (await ReadAsync()).Name);
    }

    [Fact]
    public async Task A_number_that_cannot_be_right_says_why_while_it_is_typed()
    {
        var form = await OpenFormAsync();

        form.Find(ByTestId("edit-give-back")).Input("1.5");

        Assert.Equal("give_back_hours_invalid", form.WaitForElement(ByTestId("field-error")).GetAttribute("data-code"));
        Assert.True(form.Find(ByTestId("settings-save")).HasAttribute("disabled"));
        Assert.Equal("To save, correct: Give back to the bot.", form.Find(ByTestId("settings-state")).TextContent);
        Assert.False(form.Find(ByTestId("settings-discard")).HasAttribute("disabled"));
        form.Find(ByTestId("settings-discard")).Click();
        form.WaitForAssertion(() => Assert.Empty(form.FindAll(ByTestId("field-error"))));
    }

    [Fact]
    public async Task What_cannot_be_saved_is_not_promised_and_says_why()
    {
        var form = await OpenFormAsync();

        form.Find(ByTestId("edit-name")).Input("");
        form.Find(ByTestId("edit-quiet")).Input("9");
        form.Find(ByTestId("edit-locale")).Input("es");

        form.WaitForAssertion(() => Assert.Equal(["required", "quiet_window_invalid"], form.FindAll(ByTestId("field-error")).Select(at => at.GetAttribute("data-code")!)));
        Assert.Equal(["locale"], form.FindAll(ByTestId("change")).Select(change => change.GetAttribute("data-field")!));
        Assert.Empty(form.FindAll(ByTestId("sent")));
        Assert.Equal("To save, correct: Name, Quiet window.", form.Find(ByTestId("settings-state")).TextContent);
        Assert.True(form.Find(ByTestId("settings-save")).HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_save_that_is_refused_names_the_field_and_leads_to_it()
    {
        var form = await OpenFormAsync();

        form.Find(ByTestId("edit-hand-over-es")).Input("\u0007");
        form.Find(ByTestId("edit-chat-url")).Input("ftp://acme.freshchat.com");
        form.Find("form").Submit();

        form.WaitForAssertion(() => Assert.Equal("Not saved. To be corrected: Chat URL, Hand-over text, Spanish.", form.Find(ByTestId("settings-state")).TextContent));
        Assert.Equal(["edit-chat-url", "edit-hand-over-es"], form.FindAll("[aria-invalid=true]").Select(field => field.GetAttribute("data-testid")!));
        Assert.Empty(form.FindAll(ByTestId("error")));
        form.WaitForAssertion(() => JSInterop.VerifyInvoke("portal.toFault"));
    }

    [Fact]
    public async Task What_was_said_to_be_saved_is_not_said_beside_what_failed_afterwards()
    {
        await OpenAsync();
        var tab = Show<SettingsTab>(Admin);
        tab.WaitForElement("[data-testid=account-state][data-state=known]");
        tab.Find(ByTestId("edit-locale")).Input("es");
        tab.Find(ByTestId("settings-save")).Closest("form")!.Submit();
        tab.WaitForAssertion(() => Assert.Contains("Saved", tab.Find(ByTestId("settings-saved")).TextContent, StringComparison.Ordinal));

        tab.Find(ByTestId("new-token")).Closest("form")!.Submit();

        Assert.Equal("required", tab.WaitForElement(ByTestId("field-error")).GetAttribute("data-code"));
        Assert.Empty(tab.Find(ByTestId("settings-saved")).TextContent.Trim());
    }

    [Theory]
    [InlineData("en", "default: 0.7 s", "Rooms: the portal runs the conversation (the portal’s default)")]
    [InlineData("es", "por defecto: 0,7 s", "Rooms: el portal lleva la conversación (valor general del portal)")]
    public void What_is_left_empty_says_what_holds_then(string language, string quiet, string mode)
    {
        Read(language);

        var fields = Render<SettingsFields>(p => p.Add(f => f.Draft, new SettingsDraft(Some.Bot("freshbot", "…0042", "a-1", BotStatus.Live))));

        Assert.Equal(quiet, fields.Find(ByTestId("edit-quiet")).GetAttribute("placeholder"));
        Assert.Equal(mode, fields.Find(ByTestId("edit-mode")).QuerySelector("option")!.TextContent);
    }

    [Fact]
    public async Task What_Mammut_did_not_take_is_kept_and_said()
    {
        var form = await OpenFormAsync();
        Sides.Instead = request => request is { ToMammut: true, Method: "POST" } ? new FarReply(500, "{}") : null;

        form.Find(ByTestId("edit-name")).Input("kept");
        form.Find("form").Submit();

        form.WaitForElement(ByTestId("mammut-untold"));
        Assert.Equal("mammut_server_error", form.Find(ByTestId("error")).GetAttribute("data-code"));
        Assert.Equal("kept", (await ReadAsync()).Name);
    }

    private async Task<IRenderedComponent<Around<SettingsForm>>> OpenFormAsync()
    {
        await OpenAsync();
        var form = Show<SettingsForm>(Admin);
        form.WaitForElement("[data-testid=account-state][data-state=known]");
        return form;
    }
}
