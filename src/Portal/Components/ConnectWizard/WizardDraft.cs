using System.Globalization;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Sites;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;

namespace Portal.Components.ConnectWizard;

/// <summary>What the wizard holds while it is open: the settings as typed, the draft as saved, and what the account said.</summary>
public sealed partial class WizardDraft
{
    private long? _confirmed;

    /// <summary>Settings as typed. The token is in it only until it has been saved.</summary>
    public BotSettings Settings { get; private init; } = new();

    /// <summary>The draft as saved; null before the first step was left.</summary>
    public BotView? Saved { get; set; }

    /// <summary>What the account said; null until it was asked with the present values.</summary>
    public FreshchatProbe? Probe { get; set; }

    /// <summary>What stands in the way.</summary>
    public Error? Problem { get; set; }

    /// <summary>What is doubtful on the step has been pointed out: the same press again goes on all the same.</summary>
    public bool Questioned { get; set; }

    /// <summary>App ID of the account: what it says of itself, else as typed; null and empty = not known yet.</summary>
    public string? KnownAppId => Probe?.AppId ?? Settings.Freshchat.AppId;

    /// <summary>The bot that has the account already; null = none, as far as is known.</summary>
    public AccountHolder? Holder { get; set; }

    /// <summary>Whether there is a token that is not being replaced: a saved one, or one that was typed elsewhere and is not shown again.</summary>
    public bool HasToken => HidesToken ? TypedToken is not null : Saved?.Freshchat.ApiTokenHint is not null && !ReplacesToken;

    /// <summary>What may be shown of the token in hand; null = there is none.</summary>
    public string? TokenHint => TypedToken is { } typed ? Secrets.Hint(FreshchatAccount.CleanToken(typed)) : ReplacesToken ? null : Saved?.Freshchat.ApiTokenHint;

    /// <summary>The token as typed, until it has been saved.</summary>
    public string? TypedToken => string.IsNullOrWhiteSpace(Settings.Freshchat.ApiToken) ? null : Settings.Freshchat.ApiToken;

    /// <summary>The admin asked to type another token.</summary>
    public bool ReplacesToken { get; set; }

    /// <summary>The public key as typed, until it has been stored.</summary>
    public string? KeyText { get; set; }

    /// <summary>The admin said that nobody takes over; a draft without a group has not said so yet.</summary>
    public bool NoGroup { get; set; }

    /// <summary>The admin joins a bot that exists in Mammut instead of having one created.</summary>
    public bool JoinsExisting { get; private set; }

    /// <summary>The Mammut id as typed.</summary>
    public string? MammutIdText { get; private set; }

    /// <summary>The id that Mammut has confirmed for this draft, as far as the wizard was told; null when it may still be dropped.</summary>
    public long? ConfirmedId => _confirmed is { } id && id == Saved?.Mammut.MammutId ? id : null;

    /// <summary>What is wrong with the Mammut id; null when there is nothing to type.</summary>
    public Error? MammutIdFault =>
        !JoinsExisting && !CreateIsUnclear ? null
        : !string.IsNullOrWhiteSpace(MammutIdText) ? Settings.Mammut.MammutId is null ? new Error("mammut_id_invalid", "mammutId") : null
        : CreateIsUnclear ? new Error("mammut_id_or_look", "mammutId")
        : new Error("mammut_id_required", "mammutId");

    /// <summary>What is wrong with the App ID as typed, once the account has named its own (freshchat.md 5.2).</summary>
    public Error? AppIdFault => Probe is null ? null : CheckAgainstAccount.AppId(Probe, Settings.Freshchat.AppId);

    /// <summary>Whether Mammut may already hold a bot that we were not told of (mammut.md 4.2).</summary>
    public bool CreateIsUnclear => Saved?.DraftState is DraftState.MammutCreateUnclear || Problem?.Code == "mammut_create_unclear";

    /// <summary>The draft as it was left.</summary>
    public static WizardDraft From(BotView saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return new()
        {
            Saved = saved,
            NoGroup = saved.Freshchat.GroupName is null && IsBeyondGroup(saved),
            JoinsExisting = saved.Mammut.MammutId is not null,
            MammutIdText = saved.Mammut.MammutId?.ToString(CultureInfo.InvariantCulture),
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
                // Copies: what is edited here must not change what is known to be saved.
                Sites = [.. saved.Sites.Select(rule => new SiteRuleSettings { Source = rule.Source, SiteId = rule.SiteId, Context = rule.Context })],
                DefaultContext = saved.DefaultContext,
                QuietWindow = saved.QuietWindow,
                Locale = saved.Locale,
                Policies = saved.Policies,
                Messages = saved.Messages,
            },
        };
    }

    /// <summary>Takes a Mammut id as typed; what is not a positive whole number is kept as text alone.</summary>
    public void TypeMammutId(string? typed)
    {
        MammutIdText = typed;
        JoinsExisting |= !string.IsNullOrWhiteSpace(typed);
        (Problem, Existing) = (null, null);
        Settings.Mammut.MammutId = long.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    /// <summary>A bot that exists in Mammut, or a new one: then an id that was only typed is dropped.</summary>
    public void Join(bool existing)
    {
        TypeMammutId(existing ? Saved?.Mammut.MammutId?.ToString(CultureInfo.InvariantCulture) : null);
        JoinsExisting = existing;
    }

    /// <summary>Takes over the bot as Mammut has just confirmed it.</summary>
    public void Confirm(BotView provisioned)
    {
        ArgumentNullException.ThrowIfNull(provisioned);
        Saved = provisioned;
        _confirmed = provisioned.Mammut.MammutId;
        Join(existing: true);
    }

    /// <summary>The problem, or what was found besides it, when it is about that field.</summary>
    public Error? ProblemAt(string field) => Problem?.Field == field ? Problem : Problem?.Also.FirstOrDefault(also => also.Field == field);

    /// <summary>What is to be said about the site rules as typed.</summary>
    public IReadOnlyList<SiteFinding> SiteFindings(DateTimeOffset now) => SiteLinter.Check(Settings.Sites, [], now, Probe?.Channels.Select(topic => topic.Id).ToList());

    /// <summary>A refusal of the account; an address that leads to nothing is said to be one (freshchat.md 2.1).</summary>
    public Error? AtAccount(Error? refused) =>
        refused is { Field: "chatUrl", Code: FarCode.NotFound or "wrong_page" } || (refused is { Field: "chatUrl", Code: FarCode.NotJson or FarCode.Redirected } && !EndsInVersion)
            ? refused with { Code = "chat_url_wrong" }
            : refused;

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

    /// <summary>Whether a step has what it needs, proved as far as it can be: what another account was asked about is proved for no other.</summary>
    public bool IsDone(WizardStep step) =>
        step switch
        {
            WizardStep.Freshchat => Saved?.Freshchat is { ApiTokenHint: not null, AppId.Length: > 0 },
            WizardStep.Agent => IsDone(WizardStep.Freshchat) && Saved?.Freshchat.AgentId is { Length: > 0 },
            // Optional: done when the admin has been beyond it.
            WizardStep.Group => IsDone(WizardStep.Agent) && (NoGroup || Saved?.Freshchat.GroupName is not null || (Saved is not null && IsBeyondGroup(Saved))),
            WizardStep.Bot => Saved?.Mammut.MammutId is not null && !CreateIsUnclear,
            WizardStep.Sites => IsDone(WizardStep.Bot) && (Saved?.Sites.Count > 0 || IsBeyondSites) && !HasUnprovedTopic,
            WizardStep.Webhook => Saved is { Freshchat.PublicKeys.Count: > 0, LastEventAt: not null },
            _ => Proved,
        };

    /// <summary>The first step that still lacks something; optional ones do not hold anybody up.</summary>
    public WizardStep FirstOpen =>
        !IsDone(WizardStep.Freshchat) ? WizardStep.Freshchat
        : !IsDone(WizardStep.Agent) ? WizardStep.Agent
        : !IsDone(WizardStep.Group) ? WizardStep.Group
        : !IsDone(WizardStep.Bot) ? WizardStep.Bot
        : !IsDone(WizardStep.Sites) ? WizardStep.Sites
        : !IsDone(WizardStep.Webhook) ? WizardStep.Webhook
        : WizardStep.Proof;

    /// <summary>Forgets the secret once it has been saved. An id that was taken back and is still there is Mammut's own.</summary>
    public void Keep(BotView saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        if (Settings.Mammut.MammutId is null && saved.Mammut.MammutId is not null)
            Confirm(saved);
        Saved = saved;
        Settings.Freshchat.ApiToken = null;
        Settings.Freshchat.PublicKeys = null;
        (ReplacesToken, HidesToken) = (false, false);
    }

    private bool EndsInVersion => Settings.Freshchat.ChatUrl?.TrimEnd(' ', '/').EndsWith("/v2", StringComparison.OrdinalIgnoreCase) is true;

    // The bot is made on the step after the group; a name alone may have come from elsewhere, with a clone.
    private static bool IsBeyondGroup(BotView saved) => saved.Mammut.MammutId is not null;

    private bool IsBeyondSites => Saved?.Freshchat.PublicKeys.Count > 0;

    // A topic belongs to one account. As long as that has not been asked, what was looked at before the key was stored is believed.
    private bool HasUnprovedTopic =>
        Saved?.Sites.Any(rule => rule.Source is SiteSource.Topic && !(Probe?.Channels.Any(topic => topic.Id == rule.SiteId.Trim()) ?? IsBeyondSites)) is true;
}
