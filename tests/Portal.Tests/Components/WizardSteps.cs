using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Connecting;
using Core.Mammut;
using Core.Outcomes;
using Portal.Components.ConnectWizard;

namespace Portal.Tests.Components;
/// <summary>Steps of the wizard on their own, for one account.</summary>
public abstract class WizardSteps : PageContext
{
    protected static readonly AgentView Bot = new("a-bot", "Bot Comida", "bot@acme.test", "Agent", Deactivated: false, IntelliAssign: false);
    protected static readonly AgentView Assigned = Bot with { Id = "a-assigned", Name = "Lucía Ferrer", Email = "lucia@acme.test", IntelliAssign = true };
    protected static readonly AgentView Gone = Bot with { Id = "a-gone", Name = "Marta Antigua", Deactivated = true };

    protected static readonly FreshchatProbe Account = new(
        "app-1",
        "acme.freshchat.com",
        [Bot, Assigned, Gone],
        [
            new("g-support", "Support team", null, ["a-assigned"]),
            new("g-late-1", "Late shift", "Madrid", []),
            new("g-late-2", "Late shift", "Lima", []),
            new("g-bots", "Self service", null, ["a-bot"]),
        ],
        [new("t-food", "Food", "es", Enabled: true)]
    );

    /// <summary>What leaving the step "Bot" would send.</summary>
    protected static ProvisioningRequest Preview(WizardDraft draft) =>
        new PreviewProvisioning(new MammutAddress(() => "https://mammut.test")).Of(draft.Settings, draft.TokenHint);

    protected static WizardDraft Draft(string? agent = null, Error? problem = null)
    {
        var draft = new WizardDraft { Probe = Account, Problem = problem };
        draft.Settings.Freshchat.AgentId = agent;
        return draft;
    }
}
