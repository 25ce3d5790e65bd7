using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Portal.Hosting;

/// <summary>
/// Takes up what a browser tells in the order in which it told it. The host counts a drawing as confirmed the moment the browser says so; when
/// that comes while the drawing is still being put away, the handlers that it replaced are forgotten at once, and a stroke or a press that was told
/// before and waits for the page is refused as one that nobody handles (decision 21). Here a confirmation waits until what came before it was heard.
/// </summary>
internal sealed class CircuitOrder : CircuitHandler
{
    private readonly Lock _lock = new();
    private Func<Action, Task>? _page;
    private Task _heard = Task.CompletedTask;

    /// <summary>Hears from the circuit's page how to run something after all that waits for it. Until then nothing is there to be told.</summary>
    public void Follow(Func<Action, Task> page) => _page = page;

    /// <inheritdoc />
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity => _page is { } page ? InTurnAsync(page, () => next(activity)) : next(activity);

    private Task InTurnAsync(Func<Action, Task> page, Func<Task> take)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
            (before, _heard) = (_heard, heard.Task);
        return before.IsCompleted ? TakeAsync(page, take, heard) : AfterAsync(before, page, take, heard);
    }

    private static async Task AfterAsync(Task before, Func<Action, Task> page, Func<Task> take, TaskCompletionSource heard)
    {
        await before.ConfigureAwait(false);
        await TakeAsync(page, take, heard).ConfigureAwait(false);
    }

    // Heard, not ended: a page may wait for the next press, as a question does.
    private static Task TakeAsync(Func<Action, Task> page, Func<Task> take, TaskCompletionSource heard)
    {
        try
        {
            return take();
        }
        finally
        {
            _ = page(heard.SetResult);
        }
    }
}
