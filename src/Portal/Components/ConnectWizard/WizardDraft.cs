using Core.Bots;
using Core.Outcomes;

namespace Portal.Components.ConnectWizard;

/// <summary>What the wizard holds while it is open: the settings as typed, the draft as saved, and what the account said.</summary>
public sealed class WizardDraft
{
    /// <summary>Settings as typed. The token is in it only until it has been saved.</summary>
    public BotSettings Settings { get; private init; } = new();

    /// <summary>The draft as saved; null before the first step was left.</summary>
    public BotView? Saved { get; set; }

    /// <summary>What the account said; null until it was asked with the present values.</summary>
    public FreshchatProbe? Probe { get; set; }

    /// <summary>What stands in the way.</summary>
    public Error? Problem { get; set; }

    /// <summary>Whether a token was saved that is not being replaced.</summary>
    public bool HasToken => Saved?.Freshchat.ApiTokenHint is not null && !ReplacesToken;

    /// <summary>The admin asked to type another token.</summary>
    public bool ReplacesToken { get; set; }

    /// <summary>Whether Mammut may already hold a bot that we were not told of (mammut.md 4.2).</summary>
    public bool CreateIsUnclear => Saved?.DraftState is DraftState.MammutCreateUnclear || Problem?.Code == "mammut_create_unclear";

    /// <summary>The draft as it was left.</summary>
    public static WizardDraft From(BotView saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return new()
        {
            Saved = saved,
            Settings = new()
            {
                Name = saved.Name,
                Freshchat = new()
                {
                    ChatUrl = saved.Freshchat.ChatUrl,
                    AppId = saved.Freshchat.AppId,
                    AgentId = saved.Freshchat.AgentId,
                    GroupName = saved.Freshchat.GroupName,
                },
                Mammut = new() { MammutId = saved.Mammut.MammutId, Mode = saved.Mammut.Mode },
                Sites = [.. saved.Sites],
                DefaultContext = saved.DefaultContext,
                QuietWindow = saved.QuietWindow,
                Locale = saved.Locale,
                Policies = saved.Policies,
                Messages = saved.Messages,
            },
        };
    }

    /// <summary>The problem when it is about that field.</summary>
    public Error? ProblemAt(string field) => Problem?.Field == field ? Problem : null;

    /// <summary>The step on which a field is filled in; null for what belongs to none.</summary>
    public static WizardStep? StepOf(string? field) =>
        field switch
        {
            "chatUrl" or "apiToken" or "appId" => WizardStep.Freshchat,
            "agentId" => WizardStep.Agent,
            "groupName" => WizardStep.Group,
            "name" or "mammutId" => WizardStep.Bot,
            "sites" or "defaultContext" => WizardStep.Sites,
            "publicKeys" => WizardStep.Webhook,
            _ => null,
        };

    /// <summary>Whether a step has what it needs.</summary>
    public bool IsDone(WizardStep step) =>
        step switch
        {
            WizardStep.Freshchat => Saved?.Freshchat is { ApiTokenHint: not null, AppId.Length: > 0 },
            WizardStep.Agent => Saved?.Freshchat.AgentId is { Length: > 0 },
            // Optional: done when the admin has been beyond it.
            WizardStep.Group => Saved?.Freshchat.GroupName is not null || Saved?.Mammut.MammutId is not null || Saved?.Name is { Length: > 0 },
            WizardStep.Bot => Saved?.Mammut.MammutId is not null && !CreateIsUnclear,
            WizardStep.Sites => Saved?.Sites.Count > 0 || Saved?.Freshchat.PublicKeys.Count > 0,
            _ => Saved?.FirstEventAt is not null,
        };

    /// <summary>The first step that still lacks something; optional ones do not hold anybody up.</summary>
    public WizardStep FirstOpen =>
        !IsDone(WizardStep.Freshchat) ? WizardStep.Freshchat
        : !IsDone(WizardStep.Agent) ? WizardStep.Agent
        : !IsDone(WizardStep.Group) ? WizardStep.Group
        : !IsDone(WizardStep.Bot) ? WizardStep.Bot
        : !IsDone(WizardStep.Sites) ? WizardStep.Sites
        : WizardStep.Webhook;

    /// <summary>Forgets the secret once it has been saved.</summary>
    public void Keep(BotView saved)
    {
        Saved = saved;
        Settings.Freshchat.ApiToken = null;
        Settings.Freshchat.PublicKeys = null;
        ReplacesToken = false;
    }
}
