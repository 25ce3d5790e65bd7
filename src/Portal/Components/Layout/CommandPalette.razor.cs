using Core.Outcomes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Portal.Authentication;

namespace Portal.Components.Layout;

/// <summary>Leads to bots, conversations, deliveries, pages and actions by a few letters (Ctrl+K).</summary>
public sealed partial class CommandPalette : ComponentBase, IDisposable
{
    /// <summary>What is said when the portal cannot search.</summary>
    internal static readonly Error Failed = new("search_failed");

    private IReadOnlyList<Command> _found = [];
    private CancellationTokenSource _searching = new();
    private int _chosen;
    private bool _asked;
    private bool _failed;
    private Task _running = Task.CompletedTask;

    [Inject]
    private FindCommands Commands { get; set; } = default!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ILogger<CommandPalette> Log { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose()
    {
        _searching.Cancel();
        _searching.Dispose();
    }

    private static string IdOf(int place) => $"palette-{place}";

    // Opening empties the field, which counts as typing: the palette never shows what was true some time ago.
    private Task SearchAsync(ChangeEventArgs input) => _running = FindAsync(input.Value as string ?? "");

    private async Task FindAsync(string wanted)
    {
        var old = _searching;
        var mine = _searching = new();
        var cancel = mine.Token;
        await old.CancelAsync();
        old.Dispose();
        try
        {
            var actor = await CurrentActor.GetAsync();
            cancel.ThrowIfCancellationRequested();
            var found = await Commands.FindAsync(actor, wanted, new Uri(Navigation.Uri).PathAndQuery, cancel);
            if (mine == _searching)
                (_found, _chosen, _asked, _failed) = (found, 0, true, false);
        }
        catch (Exception) when (cancel.IsCancellationRequested) { }
        catch (Exception failure)
        {
            NoteFailure(Log, failure);
            (_found, _chosen, _failed) = ([], 0, true);
        }
    }

    private async Task MoveAsync(KeyboardEventArgs pressed)
    {
        if (pressed.Key is "Enter")
        {
            // What was typed last counts, not what had been found for the letters before it.
            while (!_running.IsCompleted)
                await _running;
            if (_found.Count > 0)
                await RunAsync(_found[_chosen]);
            return;
        }
        var step = pressed.Key switch
        {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => 0,
        };
        if (_found.Count > 0)
            _chosen = (_chosen + step + _found.Count) % _found.Count;
    }

    private async Task RunAsync(Command command)
    {
        await Browser.InvokeVoidAsync("portal.close", "palette");
        if (command.Act is { } act)
            await act();
        else
            Navigation.NavigateTo(command.Href!, forceLoad: command.Reload);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The palette could not search")]
    private static partial void NoteFailure(ILogger log, Exception failure);
}
