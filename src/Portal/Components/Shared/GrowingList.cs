using Core.Outcomes;

namespace Portal.Components.Shared;

/// <summary>
/// A list with the latest on top that grows downwards when the reader asks for more, and follows what happens meanwhile: its top is
/// read again, and what stands further down is kept as it was read.
/// </summary>
/// <param name="id">What a row is known by.</param>
/// <param name="order">Less than zero when the first row stands above the second.</param>
internal sealed class GrowingList<TRow>(Func<TRow, string> id, Comparison<TRow> order)
{
    private const int PageSize = 50;

    private List<TRow>? _rows;
    private string? _next;
    private int _wanted = PageSize;
    private bool _anew = true;

    /// <summary>Reads a part of the list: how many rows at most, and behind which cursor.</summary>
    public delegate Task<Result<Page<TRow>>> Read(int limit, string? after);

    /// <summary>What is shown; null = nothing has been read yet.</summary>
    public IReadOnlyList<TRow>? Rows => _rows;

    /// <summary>Whether there are rows below.</summary>
    public bool HasMore => _next is not null;

    /// <summary>Why the list could not be read.</summary>
    public Error? Problem { get; private set; }

    /// <summary>The next reading is about another list; until then this one stays.</summary>
    public void BeginAnew() => (_wanted, _anew) = (PageSize, true);

    /// <summary>The next reading shows a page more.</summary>
    public void Grow() => _wanted = Math.Max(_wanted, _rows?.Count ?? 0) + PageSize;

    /// <summary>Reads the top, and as much below as is wanted and not there yet.</summary>
    public async Task ReadAsync(Read read)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<TRow> known = _anew ? [] : _rows ?? [];
        _anew = false;
        List<TRow> rows = [];
        string? next = null;
        do
        {
            var part = await read(Math.Min(_wanted - rows.Count, Page.Longest), next);
            Problem = part.Error;
            if (!part.Succeeded)
                return;
            rows.AddRange(part.Value.Items);
            next = part.Value.Next;
            if (next is not null && rows.Count < _wanted && Below(rows, known) is { Count: > 0 } below)
            {
                rows.AddRange(below);
                (known, next) = ([], _next);
            }
        } while (next is not null && rows.Count < _wanted);
        // What moves up while the parts are read is met twice.
        (_rows, _next) = ([.. rows.DistinctBy(id)], next);
    }

    // Nothing when so much has arrived that rows are missing in between, or that the list has become much longer than is wanted.
    private List<TRow> Below(List<TRow> rows, List<TRow> known)
    {
        var last = rows[^1];
        if (known.Count == 0 || order(last, known[0]) < 0)
            return [];
        var ids = rows.Select(id).ToHashSet();
        var below = known.FindAll(row => order(last, row) < 0 && !ids.Contains(id(row)));
        return rows.Count + below.Count <= _wanted + Page.Longest ? below : [];
    }
}
