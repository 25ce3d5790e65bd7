using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Microsoft.AspNetCore.Components;
using Portal.Components.Bots;
using Portal.Components.Bots.Account;
using Portal.Components.Bots.Editing;
using Portal.Components.Bots.Health;

namespace Portal.Tests.Components;

/// <summary>The parts of a bot's page in each of their states.</summary>
public sealed class BotPartsTests : PageContext
{
    private static readonly BotView Live = Some.Bot("freshbot", "…0042", "a-1", BotStatus.Live);

    [Fact]
    public void A_difference_stands_side_by_side_with_what_may_be_done_about_it()
    {
        Difference[] differences =
        [
            new(FarSideName.Mammut, "groupName", "Support team", null),
            new(FarSideName.Mammut, "appId", "app-1", "app-2"),
            new(FarSideName.Freshchat, "agentName", "Bot", "Bot Comida"),
        ];
        Difference? adopted = null;

        var list = Render<DriftList>(p => p.Add(d => d.Differences, differences).Add(d => d.MaySettle, true).Add(d => d.Adopt, EventCallback.Factory.Create<Difference>(this, d => adopted = d)));

        var shown = list.FindAll(ByTestId("difference"));
        Assert.Equal(["adopt apply-again", "apply-again", "adopt"], shown.Select(d => string.Join(' ', d.QuerySelectorAll("button").Select(b => b.GetAttribute("data-testid")))));
        Assert.Contains("In Freshchat", shown[2].TextContent, StringComparison.Ordinal);
        shown[2].QuerySelector(ByTestId("adopt"))!.Click();
        Assert.Equal(differences[2], adopted);
        Assert.Empty(Render<DriftList>(p => p.Add(d => d.Differences, differences)).FindAll("button"));
    }

    [Theory]
    [InlineData(TokenStep.Verify, false, 0, "now later later later")]
    [InlineData(TokenStep.Verify, true, 0, "failed later later later")]
    [InlineData(TokenStep.TellMammut, true, 4, "done done failed later")]
    [InlineData(TokenStep.Drain, false, 4, "done done done now")]
    [InlineData(TokenStep.Drain, false, 0, "done done done done")]
    public void Replacing_a_token_shows_how_far_it_is(TokenStep step, bool failed, int waiting, string states)
    {
        var progress = Render<TokenProgress>(p => p.Add(t => t.Step, step).Add(t => t.Failed, failed).Add(t => t.Waiting, waiting));

        Assert.Equal(states, string.Join(' ', progress.FindAll(ByTestId("token-step")).Select(s => s.GetAttribute("data-state"))));
        Assert.Equal(states.EndsWith("now", StringComparison.Ordinal), progress.Markup.Contains("Messages waiting: 4", StringComparison.Ordinal));
    }

    [Fact]
    public void The_alarm_says_how_many_messages_are_held_and_leads_who_may_to_the_repair()
    {
        var alarm = Render<TokenAlarm>(p => p.Add(a => a.Bot, Live with { WaitingMessages = 12 }).Add(a => a.MayReplace, true));

        Assert.Contains("12", alarm.Markup, StringComparison.Ordinal);
        Assert.EndsWith("/settings#token", alarm.Find(ByTestId("alarm-replace")).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(Render<TokenAlarm>(p => p.Add(a => a.Bot, Live)).FindAll("a"));
    }

    [Fact]
    public void A_text_for_customers_is_shown_as_they_will_see_it()
    {
        BilingualText? said = null;
        var fields = Render<MessageFields>(p =>
            p.Add(m => m.Title, "T").Add(m => m.When, "W").Add(m => m.Name, "hand-over").Add(m => m.Value, new() { Es = "Ya viene Ana." }).Add(m => m.ValueChanged, v => said = v)
        );

        Assert.Equal("Ya viene Ana.", fields.Find(ByTestId("preview-hand-over-es")).TextContent);
        Assert.Contains("nothing is said", fields.Find(ByTestId("preview-hand-over-en")).TextContent, StringComparison.Ordinal);
        fields.Find(ByTestId("edit-hand-over-en")).Input("Ana is coming.");
        Assert.Equal(new BilingualText { Es = "Ya viene Ana.", En = "Ana is coming." }, said);
    }

    [Fact]
    public void What_will_be_sent_is_shown_by_its_wire_name_without_secrets()
    {
        var draft = new SettingsDraft(Live);
        Assert.Contains("Nothing has been changed", Render<SentChanges>(p => p.Add(s => s.Draft, draft)).Markup, StringComparison.Ordinal);

        (draft.Mine.Name, draft.Mine.Locale, draft.Mine.Freshchat.ApiToken) = ("freshbot 2", "es", "a-secret-of-the-account");
        var preview = Render<SentChanges>(p => p.Add(s => s.Draft, draft));

        Assert.Equal(["name", "locale"], preview.FindAll(ByTestId("change")).Select(c => c.GetAttribute("data-field")!));
        Assert.Equal(["name", "freshchat-access-token"], preview.FindAll(ByTestId("sent")).Select(c => c.GetAttribute("data-property")!));
        Assert.DoesNotContain("a-secret", preview.Markup, StringComparison.Ordinal);

        draft.MammutMissed = true;
        preview.Render();

        Assert.Equal(
            ["name", "freshchat-actor-id", "freshchat-access-token", "freshchat-app-id", "freshchat-group-name"],
            preview.FindAll(ByTestId("sent")).Select(c => c.GetAttribute("data-property")!)
        );
    }

    [Fact]
    public void A_conflict_names_who_and_both_values_and_lets_choose()
    {
        var draft = new SettingsDraft(Live);
        (draft.Mine.Name, draft.Mine.Locale) = ("mine", "es");
        var conflicts = draft.Meet(Live with { Name = "theirs", DefaultContext = "comida", Version = 2 });
        Assert.Equal([new("name", "mine", "theirs")], conflicts);
        Assert.Equal((2, "comida", "es"), (draft.Version, draft.Mine.DefaultContext, draft.Mine.Locale));
        BotChangeView[] changes = [new(1, Live.Id, "theirs", Clock.GetUtcNow().AddMinutes(-2), "Olga", BotAct.Changed, [new("name", "freshbot", "theirs")], 2)];
        (FieldConflict, bool Theirs)? chosen = null;

        var panel = Render<ConflictPanel>(p =>
            p.Add(c => c.Changes, changes).Add(c => c.Conflicts, conflicts).Add(c => c.Choose, EventCallback.Factory.Create<(FieldConflict, bool)>(this, c => chosen = c))
        );

        Assert.Contains("Olga changed Name", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("mine", panel.Find(ByTestId("conflict-field")).TextContent, StringComparison.Ordinal);
        panel.Find(ByTestId("choose-theirs")).Change(true);
        Assert.True(chosen?.Theirs);
        draft.Choose(conflicts[0], theirs: true);
        Assert.Equal(["locale"], draft.Changes.Select(c => c.Field));
    }

    [Fact]
    public void What_was_left_to_choose_still_is_when_somebody_changes_something_else()
    {
        var draft = new SettingsDraft(Live);
        draft.Mine.Name = "mine";
        draft.Choose(draft.Meet(Live with { Name = "theirs", Version = 2 }).Single(), theirs: true);

        var conflict = draft.Meet(Live with { Name = "theirs", Locale = "es", Version = 3 }).Single();

        Assert.Equal(("name", true, "theirs", "es"), (conflict.Field, conflict.TakesTheirs, draft.Mine.Name, draft.Mine.Locale));
        draft.Choose(conflict, theirs: false);
        Assert.Equal("mine", draft.Mine.Name);
    }

    [Fact]
    public void Yours_is_what_one_wants_now_and_not_what_one_wanted_before_the_last_save()
    {
        var draft = new SettingsDraft(Live);
        draft.Mine.Name = "mine at first";
        draft.Choose(draft.Meet(Live with { Name = "theirs", Version = 2 }).Single(), theirs: true);
        draft.Keep(Live with { Name = "theirs", Version = 3 }, draft.Copy());
        Assert.False(draft.Touched);
        draft.Mine.Name = "mine now";

        var conflict = draft.Meet(Live with { Name = "theirs again", Version = 4 }).Single();
        draft.Choose(conflict, theirs: true);
        draft.Choose(conflict, theirs: false);

        Assert.Equal("mine now", draft.Mine.Name);
    }

    [Theory]
    [InlineData("es", "0,7", null, 700)]
    [InlineData("es", "0.7", null, 700)]
    [InlineData("en", "0.7", null, 700)]
    [InlineData("en", " 0,7 ", null, 700)]
    [InlineData("en", "5", null, 5_000)]
    [InlineData("en", "7", "quiet_window_invalid", 7_000)]
    [InlineData("en", "1.000,5", "quiet_window_invalid", null)]
    [InlineData("en", "soon", "quiet_window_invalid", null)]
    [InlineData("en", "-1", "quiet_window_invalid", null)]
    [InlineData("en", "", null, null)]
    public void Seconds_are_read_however_they_are_written(string language, string typed, string? code, int? milliseconds)
    {
        Read(language);
        var draft = new SettingsDraft(Live);

        draft.TypeQuiet(typed);

        Assert.Equal((code, milliseconds), (draft.ProblemAt("quietWindow")?.Code, (int?)draft.Mine.QuietWindow?.TotalMilliseconds));
        Assert.Equal(code is null && milliseconds is not null, draft.Ready);
    }

    [Theory]
    [InlineData("8", null, 8)]
    [InlineData("0", "give_back_hours_invalid", 0)]
    [InlineData("8761", "give_back_hours_invalid", 8_761)]
    [InlineData("1.5", "give_back_hours_invalid", null)]
    [InlineData("1,5", "give_back_hours_invalid", null)]
    [InlineData("99999999999", "give_back_hours_invalid", null)]
    [InlineData("", null, null)]
    public void Hours_are_whole(string typed, string? code, int? hours)
    {
        var draft = new SettingsDraft(Live);

        draft.TypeGiveBack(typed);

        Assert.Equal((code, hours), (draft.ProblemAt("giveBackAfterHours")?.Code, draft.Mine.Policies?.GiveBackAfterHours));
        Assert.Equal(typed.Length > 0, draft.Touched);
    }

    [Fact]
    public void A_number_that_is_being_corrected_is_not_taken_away_by_what_others_change()
    {
        var draft = new SettingsDraft(Live with { QuietWindow = TimeSpan.FromSeconds(2) });
        draft.TypeQuiet("2 s");
        draft.TypeGiveBack("08");

        draft.Meet(Live with { QuietWindow = TimeSpan.FromSeconds(1), Locale = "es", Version = 2 });

        Assert.Equal(("2 s", "08", "es"), (draft.QuietSeconds, draft.GiveBackHours, draft.Mine.Locale));
        Assert.Equal(["giveBackAfterHours"], draft.Changes.Select(c => c.Field));
    }

    [Fact]
    public void Faults_of_the_account_stand_at_their_field_before_anything_is_saved()
    {
        var account = new FreshchatProbe("app-1", null, [new("a-1", "Bot", null, null, true, false)], [new("g-1", "Support", null, [])], []);

        var fields = Render<SettingsFields>(p => p.Add(s => s.Draft, new SettingsDraft(Live)).Add(s => s.Probe, account));

        Assert.Equal("agent_deactivated", fields.Find(ByTestId("field-error")).GetAttribute("data-code"));
        Assert.Equal("known", fields.Find(ByTestId("account-state")).GetAttribute("data-state"));
        Assert.Contains("Support", fields.Find(ByTestId("edit-group")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lists_refuse_what_the_set_up_refuses_with_its_reason()
    {
        AgentView[] agents = [new("a-2", "Ana", null, null, Deactivated: true, IntelliAssign: false), new("a-1", "Bot", null, "Account Admin", Deactivated: false, IntelliAssign: true)];
        GroupView[] groups = [new("g-1", "Support", null, ["a-9"]), new("g-2", "Bots", null, ["a-1"]), new("g-3", "Late", null, []), new("g-4", "Late ", null, [])];
        var account = new FreshchatProbe("app-1", null, agents, groups, []);

        var fields = Render<SettingsFields>(p => p.Add(s => s.Draft, new SettingsDraft(Live)).Add(s => s.Probe, account));

        Assert.Equal(["Bot", "Ana · This agent is deactivated in Freshchat. (no)"], Offered("edit-agent"));
        Assert.Equal(
            [
                "None: the bot never hands over",
                "Bots · The bot’s own agent is a member of this group. (no)",
                "Late · Several groups have this name. (no)",
                "Late · Several groups have this name. (no)",
                "Support",
            ],
            Offered("edit-group")
        );
        Assert.NotNull(fields.Find(ByTestId("intelliassign-warning")));
        Assert.NotNull(fields.Find(ByTestId("person-warning")));

        IEnumerable<string> Offered(string list) => fields.Find(ByTestId(list)).QuerySelectorAll("option").Select(o => o.TextContent + (o.HasAttribute("disabled") ? " (no)" : ""));
    }

    [Fact]
    public void What_was_done_is_told_in_the_reader_s_language()
    {
        Read("es");
        BotChangeView[] changes = [new(1, Live.Id, "freshbot", Clock.GetUtcNow(), "Olga", BotAct.Changed, [new("noText", "HandOver", "Ignore"), new("locale", null, "es")], 2)];

        var entry = Render<ActivityList>(p => p.Add(a => a.Changes, changes)).Find(ByTestId("activity")).TextContent;

        Assert.Contains("Olga cambió los ajustes", entry, StringComparison.Ordinal);
        Assert.Contains("se guarda sin respuesta", entry, StringComparison.Ordinal);
    }
}
