using Microsoft.EntityFrameworkCore;

namespace Sandbox.Freshchat.Account;

/// <summary>The account as every request needs it, read from the state file once and again whenever it was changed.</summary>
internal sealed class KnownAccount(IDbContextFactory<SandboxDb> databases) : ISimulatedSystem
{
    private readonly Lock _knowing = new();
    private FreshchatAccount? _known;
    private int _changes;

    /// <summary>The account; nobody changes this object.</summary>
    public async ValueTask<FreshchatAccount> ReadAsync(CancellationToken cancel)
    {
        var changes = _changes;
        if (_known is { } known)
            return known;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var read = await db.Set<FreshchatAccount>().AsNoTracking().SingleAsync(cancel);
        lock (_knowing)
            if (_changes == changes)
                _known = read;
        return read;
    }

    /// <summary>Says that the row has changed.</summary>
    public void Forget()
    {
        lock (_knowing)
            (_known, _changes) = (null, _changes + 1);
    }

    void ISimulatedSystem.Seed(SandboxDb db) { }
}
