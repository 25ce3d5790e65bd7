using Sandbox.Control;

namespace Sandbox.Ledger;

/// <summary>
/// What happened on the far sides, kept in memory while the switch <c>sandbox/ledger</c> is on, for proofs that count. Writing one
/// entry is an append; a reset empties it.
/// </summary>
internal sealed class LedgerBook(SwitchBoard switches, TimeProvider clock) : ISimulatedSystem
{
    /// <summary>Whether entries are kept.</summary>
    public static Switch<bool> Kept { get; } =
        new(
            "sandbox",
            "ledger",
            SwitchGroup.Proof,
            false,
            "Lleva un registro de todo lo que pasa, para las pruebas: GET /sandbox/control/ledger.",
            "Keeps a ledger of everything that happens, for proofs: GET /sandbox/control/ledger."
        );

    private readonly List<LedgerEntry> _entries = [];
    private readonly Lock _writing = new();
    private readonly long _begun = clock.GetTimestamp();
    private readonly DateTimeOffset _begunAt = clock.GetUtcNow();

    /// <summary>False when nobody reads along, so that nothing need be put together.</summary>
    public bool IsKept => switches.Get(Kept);

    /// <summary>Now, in milliseconds since 1970 with a fraction; never goes back.</summary>
    public double Now => (_begunAt - DateTimeOffset.UnixEpoch + clock.GetElapsedTime(_begun)).TotalMilliseconds;

    /// <summary>Appends, unless the ledger is off.</summary>
    public void Add(LedgerEntry entry)
    {
        if (!IsKept)
            return;
        lock (_writing)
        {
            entry.N = _entries.Count + 1;
            _entries.Add(entry);
        }
    }

    /// <summary>At most <paramref name="count"/> entries behind number <paramref name="after"/>, in order.</summary>
    public IReadOnlyList<LedgerEntry> Read(int after, int count)
    {
        lock (_writing)
            return after >= _entries.Count ? [] : _entries.GetRange(after, Math.Min(count, _entries.Count - after));
    }

    void ISimulatedSystem.Seed(SandboxDb db) { }

    void ISimulatedSystem.Forget()
    {
        lock (_writing)
            _entries.Clear();
    }
}
