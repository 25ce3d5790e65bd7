using Microsoft.JSInterop;

namespace Portal.Components.Layout;

/// <summary>How the person at this circuit reads: time zone and theme, both known to their browser only.</summary>
public sealed class Reader(IJSRuntime browser)
{
    /// <summary>Time zone in which exact times are shown.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>What they chose.</summary>
    public ThemeChoice Theme { get; private set; }

    /// <summary>What their system prefers at the moment.</summary>
    public bool SystemIsDark { get; set; }

    /// <summary>Raised when the theme was chosen anew.</summary>
    public event Action? Changed;

    /// <summary>Whether the dark palette holds.</summary>
    public bool IsDark => Theme is ThemeChoice.Dark || (Theme is ThemeChoice.System && SystemIsDark);

    /// <summary>Asks the browser once, before the first page is drawn, so that nothing flashes.</summary>
    public async Task LoadAsync()
    {
        if (await browser.InvokeAsync<Preferences?>("portal.reader") is not { } preferences)
            return;
        Theme = Enum.TryParse<ThemeChoice>(preferences.Theme, ignoreCase: true, out var theme) ? theme : ThemeChoice.System;
        SystemIsDark = preferences.Dark;
        if (preferences.Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            Zone = found;
    }

    /// <summary>Remembers another theme in the browser.</summary>
    public async Task ChooseAsync(ThemeChoice theme)
    {
        Theme = theme;
        Changed?.Invoke();
        await browser.InvokeVoidAsync("portal.remember", theme.ToString().ToLowerInvariant());
    }

    /// <summary>A time as it is on the reader's wall.</summary>
    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);

    /// <summary>The beginning of the reader's day in which a time lies.</summary>
    public DateTimeOffset Midnight(DateTimeOffset time)
    {
        var local = Local(time);
        return local - local.TimeOfDay;
    }

    private sealed record Preferences(string? Theme, bool Dark, string? Zone);
}

/// <summary>Light, dark, or as the system has it.</summary>
public enum ThemeChoice
{
    /// <summary>As the system has it.</summary>
    System,

    /// <summary>Light.</summary>
    Light,

    /// <summary>Dark.</summary>
    Dark,
}
