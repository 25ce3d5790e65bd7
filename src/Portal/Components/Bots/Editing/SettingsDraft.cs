using System.Globalization;
using Core.Bots;
using Core.Bots.Changes;
using Core.Outcomes;

namespace Portal.Components.Bots.Editing;

/// <summary>Settings as an admin is changing them, and the state from which the change began.</summary>
public sealed class SettingsDraft
{
    private static readonly BotSettingsValidator.Draft Rules = new(allowHttpLoopback: true);
    private static readonly string[] Numbers = ["quietWindow", "giveBackAfterHours"];
    private static readonly string[] Required = ["chatUrl", "agentId", "name"];

    // The admin's own values where theirs were taken, in case they are chosen after all.
    private readonly BotSettings _yours = new();

    /// <summary>Begins with a bot as it was read.</summary>
    public SettingsDraft(BotView bot)
    {
        ArgumentNullException.ThrowIfNull(bot);
        (Base, Mine, Version, MammutMissed) = (bot.ToSettings(), bot.ToSettings(), bot.Version, bot.MammutUntold);
        (QuietSeconds, GiveBackHours) = (Seconds(Mine), Hours(Mine));
    }

    /// <summary>As it is in the portal, as far as this page knows.</summary>
    public BotSettings Base { get; private set; }

    /// <summary>As the admin wants it.</summary>
    public BotSettings Mine { get; }

    /// <summary>The version that <see cref="Base"/> is.</summary>
    public int Version { get; private set; }

    /// <summary>Mammut has missed an earlier change: whatever is saved next, everything is sent.</summary>
    public bool MammutMissed { get; set; }

    /// <summary>What was refused; null = nothing was.</summary>
    public Error? Problem { get; set; }

    /// <summary>The quiet window as typed, in seconds.</summary>
    public string? QuietSeconds { get; private set; }

    /// <summary>Hours until the bot is back, as typed.</summary>
    public string? GiveBackHours { get; private set; }

    /// <summary>What both this admin and somebody else have changed.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; private set; } = [];

    /// <summary>What the admin has changed.</summary>
    public IReadOnlyList<FieldChange> Changes => BotField.Between(Base, Mine);

    /// <summary>Whether something would be lost with the page.</summary>
    public bool Touched => Changes.Count > 0 || !IsQuiet || !IsGiveBack;

    /// <summary>Whether there is something to save, and nothing left to choose or to correct.</summary>
    public bool Ready => Changes.Count > 0 && !Undecided && Faulty.Count == 0;

    /// <summary>Whether it is still to be said who is right.</summary>
    public bool Undecided => Conflicts.Any(conflict => conflict.TakesTheirs is null);

    /// <summary>Fields that cannot be saved as they stand; seen without asking anybody.</summary>
    public IReadOnlyList<string> Faulty => [.. Required.Concat(Numbers).Where(name => FaultAt(name) is not null)];

    /// <summary>What saving would change: all that is changed and can be right.</summary>
    public IReadOnlyList<FieldChange> Kept => BotField.Between(Base, Sound());

    /// <summary>The properties that saving would send to Mammut.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Sent => TellMammut.Preview(Base, Sound(), MammutMissed);

    /// <summary>Everything that was refused.</summary>
    public IEnumerable<Error> Problems => Problem is null ? [] : Problem.Also.Prepend(Problem);

    /// <summary>What is wrong at an input: what was refused there, or what cannot be right; null = nothing.</summary>
    public Error? ProblemAt(string field) => Problems.FirstOrDefault(problem => problem.Field == field) ?? FaultAt(field);

    /// <summary>Takes the quiet window as typed.</summary>
    public void TypeQuiet(string? seconds)
    {
        QuietSeconds = seconds;
        Mine.QuietWindow = IsQuiet ? TypedNumber.Seconds(seconds) : Base.QuietWindow;
    }

    /// <summary>Takes the hours as typed.</summary>
    public void TypeGiveBack(string? hours)
    {
        GiveBackHours = hours;
        var number = IsGiveBack ? TypedNumber.Hours(hours) : Base.Policies?.GiveBackAfterHours;
        Mine.Policies = (Mine.Policies ?? new()) with { GiveBackAfterHours = number };
    }

    /// <summary>The settings as they are wanted now, untouched by what is typed from then on.</summary>
    public BotSettings Copy()
    {
        // A secret is no field that can be compared, yet it is wanted too.
        var copy = new BotSettings { Freshchat = { ApiToken = Mine.Freshchat.ApiToken } };
        foreach (var field in BotField.All)
            field.Copy(Mine, copy);
        return copy;
    }

    /// <summary>What was sent has been kept; what was typed since stays a change of its own.</summary>
    public void Keep(BotView kept, BotSettings sent)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var after = kept.ToSettings();
        foreach (var field in BotField.All.Where(field => field.Read(Mine) == field.Read(sent)))
            field.Copy(after, Mine);
        (Base, Version, Conflicts, Problem) = (after, kept.Version, [], null);
        Retype();
    }

    /// <summary>
    /// Somebody else has changed the bot: what only they changed is taken over, what only the admin changed stays, and what both changed is
    /// told, for the admin to choose.
    /// </summary>
    public IReadOnlyList<FieldConflict> Meet(BotView theirs)
    {
        ArgumentNullException.ThrowIfNull(theirs);
        var (before, after) = (Base, theirs.ToSettings());
        var conflicts = new List<FieldConflict>();
        foreach (var field in BotField.All)
        {
            var (was, mine, their) = (field.Read(before), field.Read(Mine), field.Read(after));
            // What was to be chosen before they changed something else still is.
            if (their == was && Conflicts.FirstOrDefault(conflict => conflict.Field == field.Name) is { } open)
                conflicts.Add(open);
            else if (their != was && their != mine && mine == was)
                field.Copy(after, Mine);
            else if (their != was && their != mine)
                conflicts.Add(new(field.Name, mine, their));
        }
        (Base, Version, MammutMissed, Conflicts) = (after, theirs.Version, theirs.MammutUntold, conflicts);
        Retype();
        return conflicts;
    }

    /// <summary>Settles a conflict either way, as often as the admin likes.</summary>
    public void Choose(FieldConflict conflict, bool theirs)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        var (field, took) = (BotField.All.First(one => one.Name == conflict.Field), conflict.TakesTheirs is true);
        conflict.TakesTheirs = theirs;
        if (theirs == took)
            return;
        if (theirs)
            field.Copy(Mine, _yours);
        field.Copy(theirs ? Base : _yours, Mine);
        Retype();
    }

    private bool IsQuiet => string.IsNullOrWhiteSpace(QuietSeconds) || TypedNumber.Seconds(QuietSeconds) is not null;

    private bool IsGiveBack => string.IsNullOrWhiteSpace(GiveBackHours) || TypedNumber.Hours(GiveBackHours) is not null;

    // Without the changes that cannot be right.
    private BotSettings Sound()
    {
        var sound = Copy();
        foreach (var field in BotField.All.Where(field => Faulty.Contains(field.Name)))
            field.Copy(Base, sound);
        return sound;
    }

    private Error? FaultAt(string field) =>
        field switch
        {
            _ when Required.Contains(field) && string.IsNullOrWhiteSpace(BotField.All.First(one => one.Name == field).Read(Mine)) => new Error("required", field),
            "quietWindow" when !IsQuiet => new Error("quiet_window_invalid", field),
            "giveBackAfterHours" when !IsGiveBack => new Error("give_back_hours_invalid", field),
            _ when Numbers.Contains(field) && Rules.Validate(Mine).Errors.Find(fault => fault.PropertyName == field) is { } fault => new Error(fault.ErrorCode, field),
            _ => null,
        };

    // A text stays as it was typed while it says what is wanted, and while it says nothing yet.
    private void Retype()
    {
        if (IsQuiet && TypedNumber.Seconds(QuietSeconds) != Mine.QuietWindow)
            QuietSeconds = Seconds(Mine);
        if (IsGiveBack && TypedNumber.Hours(GiveBackHours) != Mine.Policies?.GiveBackAfterHours)
            GiveBackHours = Hours(Mine);
    }

    private static string? Seconds(BotSettings settings) => settings.QuietWindow?.TotalSeconds.ToString("0.###", CultureInfo.CurrentCulture);

    private static string? Hours(BotSettings settings) => settings.Policies?.GiveBackAfterHours?.ToString(CultureInfo.InvariantCulture);
}
