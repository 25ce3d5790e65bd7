using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Portal.Authentication;

namespace Portal.Components.Shared;

/// <summary>A page or part of one that reads through use cases and reads again when something it shows has changed.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    // Keeps "12 seconds ago" true while nothing happens.
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _gone = new();
    private readonly SemaphoreSlim _reading = new(1);
    private IDisposable? _subscription;
    private ITimer? _throttle;
    private ITimer? _again;
    private ITimer? _breath;
    private int _pending;

    /// <summary>A page that nobody has left yet.</summary>
    protected LivePage() => Gone = _gone.Token;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = default!;

    [Inject]
    private ChangeFeed Changes { get; set; } = default!;

    /// <summary>Time.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    /// <summary>How soon a change is read: fast enough to feel immediate, slow enough for a burst of webhooks to cost one reading.</summary>
    protected virtual TimeSpan Throttle => TimeSpan.FromMilliseconds(250);

    /// <summary>Who is looking.</summary>
    protected Actor Actor { get; private set; } = new("", null);

    /// <summary>Cancelled when the page is left; may be asked for later than that.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync();

    /// <summary>Whether a change can be seen on this page.</summary>
    protected virtual bool Concerns(Change change) => true;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Actor = await CurrentActor.GetAsync();
        _subscription = Changes.Subscribe(OnChange);
        _throttle = Clock.CreateTimer(_ => Refresh(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _again = Clock.CreateTimer(_ => Refresh(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _breath = Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Breath, Breath);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ReadInTurnAsync();

    /// <summary>Reads now, after a reading that is under way.</summary>
    protected async Task ReadInTurnAsync()
    {
        await _reading.WaitAsync(Gone);
        try
        {
            await ReadAsync();
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads once more at that time, whether anything will have changed or not.</summary>
    protected void ReadAgainAt(DateTimeOffset at)
    {
        var wait = at - Clock.GetUtcNow();
        _again?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    // Called from any thread; must not block.
    private void OnChange(Change change)
    {
        if (Concerns(change) && Interlocked.Exchange(ref _pending, 1) == 0)
            _throttle?.Change(Throttle, Timeout.InfiniteTimeSpan);
    }

    private void Refresh() =>
        _ = InvokeAsync(async () =>
        {
            Interlocked.Exchange(ref _pending, 0);
            try
            {
                // Whoever has lost their session is shown nothing new; what is drawn, and what they typed, stays.
                if (Actor.Role is not null && (await CurrentActor.GetAsync()).Role is null)
                    return;
                await ReadInTurnAsync();
                StateHasChanged();
            }
            catch (OperationCanceledException) when (Gone.IsCancellationRequested) { }
            catch (Exception failure)
            {
                await DispatchExceptionAsync(failure);
            }
        });

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the feed and of what is being read.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _gone.IsCancellationRequested)
            return;
        _subscription?.Dispose();
        _throttle?.Dispose();
        _again?.Dispose();
        _breath?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }
}
