using Core.Bots.Sites;
using Core.Outcomes;
using Microsoft.AspNetCore.Components;

namespace Portal.Components.Sites;

/// <summary>One question, and what the bot answers to it in each context, side by side.</summary>
public sealed partial class TrySites : ComponentBase
{
    // Each costs a room in Mammut; more are asked when somebody wants them.
    private const int AtFirst = 8;

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<string, bool> _wanted = [];
    private List<TryColumn> _columns = [];
    private CancellationTokenSource? _asking;
    private string? _question;
    private string? _asked;
    private Error? _problem;

    /// <summary>Asks a question in a context; null = in none.</summary>
    [Parameter, EditorRequired]
    public Func<string, string?, CancellationToken, Task<Result<TriedAnswer>>> Ask { get; set; } = default!;

    /// <summary>The contexts, null for none, in the order in which they are shown.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string?> Contexts { get; set; } = [];

    private bool Running => _asking is not null;

    /// <summary>Ends what is being waited for.</summary>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private string NameOf(string? context) => context ?? Text["Try.NoContext"];

    private bool Wanted(string? context) => _wanted.TryGetValue(context ?? "", out var wanted) ? wanted : Contexts.Take(AtFirst).Contains(context);

    private void Choose(string? context, bool wanted) => _wanted[context ?? ""] = wanted;

    private void Stop() => _asking?.Cancel();

    private async Task AskAsync()
    {
        if (Running)
            return;
        var chosen = Contexts.Count > 1 ? Contexts.Where(Wanted).ToList() : [.. Contexts];
        _problem =
            string.IsNullOrWhiteSpace(_question) ? new("required", "question")
            : chosen.Count == 0 ? new("try_no_context", "question")
            : null;
        if (_problem is not null)
            return;
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        (_asking, _asked) = (asking, _question!.Trim());
        _columns = [.. chosen.Select(context => new TryColumn(context))];
        try
        {
            await Task.WhenAll(_columns.Select(column => AskAsync(column, asking.Token)));
        }
        finally
        {
            _asking = null;
        }
    }

    private async Task AskAsync(TryColumn column, CancellationToken cancel)
    {
        try
        {
            var tried = await Ask(_asked!, column.Context, cancel);
            column.End(tried);
        }
        catch (OperationCanceledException)
        {
            column.State = TryState.Stopped;
        }
        if (!_gone.IsCancellationRequested)
            StateHasChanged();
    }

    private sealed class TryColumn(string? context)
    {
        public string? Context => context;

        public TryState State { get; set; }

        public TriedAnswer? Answer { get; private set; }

        public Error? Problem { get; private set; }

        public void End(Result<TriedAnswer> tried)
        {
            (Answer, Problem) = (tried.Value, tried.Error);
            State = tried.Value switch
            {
                null => TryState.Failed,
                { Known: false } => TryState.Unknown,
                { Texts.Count: 0 } => TryState.Silent,
                _ => TryState.Answered,
            };
        }
    }

    private enum TryState
    {
        Waiting,
        Answered,
        Unknown,
        Silent,
        Failed,
        Stopped,
    }
}
