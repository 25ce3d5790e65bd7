using Bunit;
using Core.Bots.Accounts;
using Core.Freshchat;
using Core.Outcomes;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;

namespace Portal.Tests.Components;

/// <summary>What the set-up says about what was chosen and typed, in each of its states.</summary>
public sealed class WizardPartsTests : WizardSteps
{
    private const string Europe = "https://api.eu.freshchat.com/v2";
    private const string India = "https://api.in.freshchat.com/v2";

    private static readonly FreshchatProbe Alone = Account with { Groups = [] };

    [Theory]
    [InlineData(null)]
    [InlineData("a-nobody")]
    [InlineData("a-gone")]
    public void Of_an_agent_that_cannot_speak_nothing_good_is_said(string? agent) =>
        Assert.Empty(Render<AgentProof>(p => p.Add(a => a.Account, Account).Add(a => a.AgentId, agent)).FindAll("*"));

    [Theory]
    [InlineData("a-bot")]
    [InlineData(" a-bot ")]
    public void An_agent_that_fits_is_confirmed_by_name_however_its_id_came(string typed)
    {
        var proof = Render<AgentProof>(p => p.Add(a => a.Account, Alone).Add(a => a.AgentId, typed));

        Assert.Equal("Bot Comida is active and not in IntelliAssign.", proof.Find("[role=status]").TextContent.Trim());
    }

    [Fact]
    public void An_agent_in_IntelliAssign_is_warned_of_and_not_confirmed()
    {
        var proof = Render<AgentProof>(p => p.Add(a => a.Account, Alone).Add(a => a.AgentId, "a-assigned"));

        Assert.StartsWith("Freshchat assigns chats to this agent", proof.Find("[role=status]").TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_for_which_an_agent_looks_like_a_person_is_named()
    {
        var account = Account with { Agents = [Assigned with { RoleName = "Account Admin" }] };

        var doubts = Render<AgentProof>(p => p.Add(a => a.Account, account).Add(a => a.AgentId, "a-assigned")).Find(ByTestId("person-warning")).QuerySelectorAll("[data-doubt]");

        Assert.Equal(["Its role administers the account.", "It is a member of the group “Support team”, where people take over."], doubts.Select(doubt => doubt.TextContent));
    }

    [Theory]
    [InlineData(2, "Agent", "Lucía Ferrer belongs to 2 groups: the bot would write under this person’s name.")]
    [InlineData(1, "Agent", "Lucía Ferrer belongs to a group: the bot would write under this person’s name.")]
    [InlineData(0, "Account Admin", "Lucía Ferrer looks like a person: the bot would write under this person’s name.")]
    public void Beside_a_warning_of_a_person_nothing_is_said_to_be_well(int groups, string role, string said)
    {
        var account = Account with
        {
            Agents = [Assigned with { IntelliAssign = false, RoleName = role }],
            Groups = [.. Enumerable.Range(1, groups).Select(n => Account.Groups[0] with { Id = "g-" + n, Name = "Group " + n })],
        };

        var proof = Render<AgentProof>(p => p.Add(a => a.Account, account).Add(a => a.AgentId, " a-assigned"));

        Assert.Equal(said, proof.Find($"{ByTestId("person-warning")} .strong").TextContent);
        Assert.Single(proof.FindAll("[role=status]"));
    }

    [Fact]
    public void The_token_is_sent_to_no_other_region_until_its_button_is_pressed()
    {
        List<string> tried = [];
        var draft = new WizardDraft();
        var regions = Render<OtherRegions>(p => p.Add(o => o.Draft, draft).Add(o => o.Regions, [Europe, India]).Add(o => o.Try, tried.Add));
        Assert.Equal(["api.eu.freshchat.com", "api.in.freshchat.com"], regions.FindAll("code").Select(host => host.TextContent));
        Assert.Equal("Try the account at api.in.freshchat.com", regions.FindAll(ByTestId("try-region"))[1].GetAttribute("aria-label"));
        Assert.Empty(tried);

        regions.FindAll(ByTestId("try-region"))[1].Click();
        draft.TriedRegions[India] = new Error("token_refused", "apiToken");
        regions.Render();

        Assert.Equal([India], tried);
        Assert.StartsWith("Not there: Freshchat does not accept the API token.", regions.Find(ByTestId("region-refused")).TextContent.Trim(), StringComparison.Ordinal);
        Assert.EndsWith("api.eu.freshchat.com", regions.Find(ByTestId("try-region")).GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void While_one_region_is_tried_no_other_can_be()
    {
        var regions = Render<OtherRegions>(p => p.Add(o => o.Draft, new WizardDraft()).Add(o => o.Regions, [Europe, India]).Add(o => o.Busy, true));

        Assert.All(regions.FindAll(ByTestId("try-region")), button => Assert.True(button.HasAttribute("disabled")));
    }

    [Fact]
    public void A_token_that_says_nothing_bad_about_itself_is_not_spoken_of() =>
        Assert.Empty(Render<TokenWarnings>(p => p.Add(t => t.Warnings, [])).FindAll("*"));

    [Theory]
    [InlineData("en", "it expires soon. Monday, March 9, 2026. You can go on")]
    [InlineData("es", "lunes, 9 de marzo de 2026.")]
    public void A_token_that_expires_says_on_which_day_of_the_reader(string language, string said)
    {
        Read(language);
        TokenWarning[] warnings = [new("token_expires_soon", new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero)), new("token_scope_missing", null) { Scopes = ["message:create", "user:read"] }];

        var shown = Render<TokenWarnings>(p => p.Add(t => t.Warnings, warnings)).FindAll(ByTestId("token-warning"));

        Assert.Contains(said, string.Join(' ', shown[0].TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(shown[0].QuerySelectorAll("code.scope"));
        Assert.Equal(["message:create", "user:read"], shown[1].QuerySelectorAll("code.scope").Select(scope => scope.TextContent));
    }
}
