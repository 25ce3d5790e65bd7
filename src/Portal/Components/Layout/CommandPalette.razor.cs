using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Portal.Authentication;

namespace Portal.Components.Layout;

/// <summary>Leads to bots, conversations, deliveries, pages and actions by a few letters (Ctrl+K).</summary>
public sealed partial class CommandPalette : ComponentBase, IDisposable
{
    private IReadOnlyList<Command> _found = [];
    private CancellationTokenSource _searching = new();
    private int _chosen;
    private bool _asked;

    [Inject]
    private FindCommands Commands { get; set; } = default!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose() => _searching.Dispose();

    private static string IdOf(int place) => $"palette-{place}";

    // Opening empties the field, which counts as typing: the palette never shows what was true some time ago.
    private async Task SearchAsync(ChangeEventArgs input)
    {
        await _searching.CancelAsync();
        _searching.Dispose();
        _searching = new();
        var search = _searching;
        try
        {
            var actor = await CurrentActor.GetAsync();
            var found = await Commands.FindAsync(actor, input.Value as string ?? "", new Uri(Navigation.Uri).PathAndQuery, search.Token);
            if (search == _searching)
                (_found, _chosen, _asked) = (found, 0, true);
        }
        catch (OperationCanceledException) when (search != _searching) { }
    }

    private Task MoveAsync(KeyboardEventArgs pressed)
    {
        if (_found.Count == 0)
            return Task.CompletedTask;
        if (pressed.Key is "Enter")
            return RunAsync(_found[_chosen]);
        var step = pressed.Key switch
        {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => 0,
        };
        _chosen = (_chosen + step + _found.Count) % _found.Count;
        return Task.CompletedTask;
    }

    private async Task RunAsync(Command command)
    {
        await Browser.InvokeVoidAsync("portal.close", "palette");
        if (command.Act is { } act)
            await act();
        else
            Navigation.NavigateTo(command.Href!, forceLoad: command.Reload);
    }
}
