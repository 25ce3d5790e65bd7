using System.Text.Json.Serialization;

namespace Core.Bots;

/// <summary>
/// What an admin has typed for a draft and not saved yet, right or wrong, so that a closed browser or a restart loses nothing. It lies apart from the
/// bot: half an address is no address, and a keystroke is no change of the bot.
/// </summary>
public sealed class TypedDraft
{
    /// <summary>The draft.</summary>
    public Guid BotId { get; init; }

    /// <summary>Everything typed, encrypted as a whole: there may be a token in it.</summary>
    public string Protected { get; set; } = "";

    /// <summary>Which open wizard wrote it last.</summary>
    public Guid Writer { get; set; }

    /// <summary>When (our clock).</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What the fields of a wizard hold. Not a record: a record would print its token.</summary>
public sealed class TypedSettings
{
    /// <summary>The settings as typed, with the token until it has been saved.</summary>
    public BotSettings Settings { get; set; } = new();

    /// <summary>Another token is being typed instead of the saved one.</summary>
    public bool ReplacesToken { get; set; }

    /// <summary>The admin said that nobody takes over.</summary>
    public bool NoGroup { get; set; }

    /// <summary>A bot that exists in Mammut is joined.</summary>
    public bool JoinsExisting { get; set; }

    /// <summary>The Mammut id as typed.</summary>
    public string? MammutIdText { get; set; }

    /// <summary>The public key as typed, until it has been stored.</summary>
    public string? KeyText { get; set; }

    /// <summary>Whether every field that is typed into is empty: nothing has been begun, or all of it was taken back.</summary>
    [JsonIgnore]
    public bool IsBlank =>
        new[]
        {
            Settings.Name, Settings.Freshchat.ChatUrl, Settings.Freshchat.AppId, Settings.Freshchat.ApiToken, Settings.Freshchat.AgentId,
            Settings.Freshchat.GroupName, Settings.DefaultContext, MammutIdText, KeyText, Settings.Messages?.HandOver.Es, Settings.Messages?.HandOver.En,
        }.All(string.IsNullOrWhiteSpace)
        && Settings.Sites.Count == 0
        && !NoGroup;
}
