using System.Globalization;
using Core.Bots;
using Core.Bots.Changes;
using Core.Outcomes;

namespace Portal.Components.Bots;

/// <summary>Settings as an admin is changing them, and the state from which the change began.</summary>
public sealed class SettingsDraft
{
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

    /// <summary>The quiet window as typed, in seconds of the reader's culture.</summary>
    public string? QuietSeconds { get; private set; }

    /// <summary>Hours until the bot is back, as typed.</summary>
    public string? GiveBackHours { get; private set; }

    /// <summary>What the admin has changed.</summary>
    public IReadOnlyList<FieldChange> Changes => BotField.Between(Base, Mine);

    /// <summary>The properties that saving would send to Mammut.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Sent => TellMammut.Preview(Base, Mine, MammutMissed);

    /// <summary>Texts that are no numbers.</summary>
    public Error? Unreadable =>
        !IsNumber(QuietSeconds) ? new Error("quiet_window_invalid", "quietWindow")
        : !IsNumber(GiveBackHours) ? new Error("give_back_hours_invalid", "giveBackAfterHours")
        : null;

    /// <summary>What was refused at an input; null = nothing.</summary>
    public Error? ProblemAt(string field) => (Problem is null ? [] : Problem.Also.Prepend(Problem)).FirstOrDefault(problem => problem.Field == field);

    /// <summary>Takes the quiet window as typed.</summary>
    public void TypeQuiet(string? seconds)
    {
        QuietSeconds = seconds;
        Mine.QuietWindow = Number(seconds) is { } number ? TimeSpan.FromSeconds(Math.Clamp(number, -1, 1_000)) : null;
    }

    /// <summary>Takes the hours as typed.</summary>
    public void TypeGiveBack(string? hours)
    {
        GiveBackHours = hours;
        Mine.Policies = (Mine.Policies ?? new()) with { GiveBackAfterHours = Number(hours) is { } number ? (int)Math.Clamp(number, -1, 100_000) : null };
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
            if (their == was || their == mine)
                continue;
            if (mine == was)
                field.Copy(after, Mine);
            else
                conflicts.Add(new(field.Name, mine, their));
        }
        (Base, Version, MammutMissed) = (after, theirs.Version, theirs.MammutUntold);
        (QuietSeconds, GiveBackHours) = (Seconds(Mine), Hours(Mine));
        return conflicts;
    }

    /// <summary>Gives up the admin's value of a setting.</summary>
    public void TakeTheirs(string field)
    {
        BotField.All.First(one => one.Name == field).Copy(Base, Mine);
        (QuietSeconds, GiveBackHours) = (Seconds(Mine), Hours(Mine));
    }

    private static string? Seconds(BotSettings settings) => settings.QuietWindow?.TotalSeconds.ToString("0.###", CultureInfo.CurrentCulture);

    private static string? Hours(BotSettings settings) => settings.Policies?.GiveBackAfterHours?.ToString(CultureInfo.CurrentCulture);

    private static bool IsNumber(string? text) => string.IsNullOrWhiteSpace(text) || Number(text) is not null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.CurrentCulture, out var number) ? number : null;
}

/// <summary>A setting that two people have changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Mine">What this admin wants.</param>
/// <param name="Theirs">What somebody else has saved.</param>
public sealed record FieldConflict(string Field, string? Mine, string? Theirs)
{
    /// <summary>What the admin chose; null = nothing yet.</summary>
    public bool? TakesTheirs { get; set; }
}
