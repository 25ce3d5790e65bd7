using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Connecting;
using Core.Bots.Sites;
using Core.Outcomes;

namespace Portal.Components.ConnectWizard;

// What was typed, pasted and tried, besides what is saved.
public sealed partial class WizardDraft
{
    // An account is looked for in another region only where this one does not know it (freshchat.md 2.1).
    private static readonly string[] ElsewhereCodes = [FarCode.TokenRefused, FarCode.NotJson, FarCode.Redirected, "chat_url_wrong"];

    /// <summary>The typed token is kept, but no browser is told it again: it was typed on another device, before a restart, or pasted.</summary>
    public bool HidesToken { get; private set; }

    /// <summary>The bot in Mammut that is to be joined, once it has been read back.</summary>
    public MammutBotView? Existing { get; set; }

    /// <summary>What the last pasted text held; null = nothing was pasted.</summary>
    public Pasted? Pasted { get; private set; }

    /// <summary>Regions at which the admin tried, with what came of it.</summary>
    public Dictionary<string, Error> TriedRegions { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a message went all the way and back.</summary>
    public bool Proved { get; set; }

    /// <summary>Whether the account may live in another region.</summary>
    public bool MayBeElsewhere => Problem is { Field: "chatUrl" or "apiToken" } problem && ElsewhereCodes.Contains(problem.Code);

    /// <summary>The draft as it was left: what is saved, and over it what was only typed.</summary>
    public static WizardDraft From(BotView saved, TypedSettings? typed)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return typed is null
            ? From(saved)
            : new()
            {
                Saved = saved,
                Settings = typed.Settings,
                NoGroup = typed.NoGroup,
                JoinsExisting = typed.JoinsExisting,
                MammutIdText = typed.MammutIdText,
                ReplacesToken = typed.ReplacesToken,
                KeyText = typed.KeyText,
                HidesToken = !string.IsNullOrWhiteSpace(typed.Settings.Freshchat.ApiToken),
            };
    }

    /// <summary>What the fields hold.</summary>
    public TypedSettings Typed() =>
        new()
        {
            Settings = Settings,
            ReplacesToken = ReplacesToken,
            NoGroup = NoGroup,
            JoinsExisting = JoinsExisting,
            MammutIdText = MammutIdText,
            KeyText = KeyText,
        };

    /// <summary>Another token is asked for instead of the one in hand.</summary>
    public void ReplaceToken() => (Settings.Freshchat.ApiToken, HidesToken, ReplacesToken) = (null, false, Saved?.Freshchat.ApiTokenHint is not null);

    /// <summary>Puts what was pasted into the fields; what it did not hold stays as it is.</summary>
    public void Take(Pasted pasted)
    {
        ArgumentNullException.ThrowIfNull(pasted);
        Pasted = pasted;
        var freshchat = Settings.Freshchat;
        freshchat.ChatUrl = pasted.ChatUrl ?? freshchat.ChatUrl;
        freshchat.AppId = pasted.AppId ?? freshchat.AppId;
        KeyText = pasted.PublicKey ?? KeyText;
        if (pasted.ApiToken is { } token)
            (freshchat.ApiToken, HidesToken, ReplacesToken) = (token, true, false);
        foreach (var site in pasted.SiteIds.Where(site => Settings.Sites.All(rule => rule.SiteId != site)))
            Settings.Sites.Add(new() { Source = SiteSource.Any, SiteId = site, Context = site });
        if (pasted is not { ChatUrl: null, ApiToken: null })
            Forget();
    }

    /// <summary>What the account said holds only for the address and token that it was asked with.</summary>
    public void Forget()
    {
        (Probe, Problem) = (null, null);
        TriedRegions.Clear();
    }
}
