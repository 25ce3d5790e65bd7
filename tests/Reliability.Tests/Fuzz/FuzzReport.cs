using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Core.Webhooks;

namespace Reliability.Tests.Fuzz;

/// <summary>What the process holds after a forced collection.</summary>
internal sealed record Memory(long Heap, long WorkingSet);

/// <summary>What a run found.</summary>
internal sealed class FuzzReport
{
    private const int MostOfAKind = 2;
    private const int MostKinds = 10;
    private const int MostShown = 1_500;

    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = new();
    private int _failed;
    private int _signed;

    public int Cases { get; set; }

    public double Seconds { get; set; }

    /// <summary>After each tenth of the cases, as far as a tenth is a whole batch.</summary>
    public List<Memory> Memory { get; } = [];

    public Dictionary<DeliveryStatus, int> Deliveries { get; } = [];

    public int Failed => _failed;

    public int Accepted => CountOf(200);

    public int CountOf(int status) => _statuses.GetValueOrDefault(status);

    /// <summary>Counts an answer; null = the connection ended.</summary>
    public void Count(int? status, bool signed = false)
    {
        _statuses.AddOrUpdate(status ?? 0, 1, (_, n) => n + 1);
        if (signed)
            Interlocked.Increment(ref _signed);
    }

    public void Fail(string fault, FuzzCase @case, FuzzRequest request, byte[] bytes)
    {
        var left = @case.Without.Count == 0 ? "" : $" without {string.Join(',', @case.Without.Order())}";
        var text = string.Concat(Encoding.Latin1.GetString(bytes).Take(MostShown).Select(c => c is >= ' ' and <= '~' or '\n' ? $"{c}" : c == '\r' ? "" : $"<{(int)c:x2}>"));
        Add(fault, $"{fault}: seed {@case.Seed}{left} ({string.Join(", ", request.Steps)}, {request.Transport}, {bytes.Length} bytes)\n{text}");
    }

    /// <summary>An error in the portal's log.</summary>
    public void Trouble(string line) => Add(line.Split('\n')[0], line.Length > MostShown ? line[..MostShown] : line);

    public string Table(string title, int seed)
    {
        string Name(int status) => status == 0 ? "closed" : status.ToString(CultureInfo.InvariantCulture);
        var statuses = _statuses.OrderBy(s => s.Key).Select(s => $"{Name(s.Key)}: {s.Value}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Fuzz proof: {title}, seed {seed}, {Cases} cases ({_signed} validly signed) in {Seconds:0.0} s, {_failed} failed
              answers     {string.Join(" | ", statuses)}
              deliveries  {string.Join(" | ", Deliveries.OrderBy(d => d.Key).Select(d => $"{d.Key}: {d.Value}"))}
              heap        {string.Join(" ", Memory.Select(m => (m.Heap / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture)))} MiB
              working set {string.Join(" ", Memory.Select(m => m.WorkingSet / 1048576))} MiB

            """
        ) + string.Join("\n\n", _failures);
    }

    private void Add(string kind, string failure)
    {
        Interlocked.Increment(ref _failed);
        if (_kinds.AddOrUpdate(kind, 1, (_, n) => n + 1) <= MostOfAKind && _kinds.Count <= MostKinds)
            _failures.Enqueue(failure);
    }
}
