using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>Brings the database up to date before anything uses it, and tells whether it can be used.</summary>
public abstract class PrepareDatabase
{
    /// <summary>True once the migrations have run.</summary>
    public bool Ready { get; private set; }

    /// <summary>Makes the database what this version needs. False = another process has it, and it cannot be shared (portal.md 2).</summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        if (!await MigrateAsync(db, cancel))
            return false;
        Ready = true;
        return true;
    }

    /// <summary>True when the database answers.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await using var db = await OpenAsync(cancel);
            return Ready && await db.Bots.AnyAsync(cancel) is var _;
        }
        catch (Exception e) when (StorageFaults.IsDown(e))
        {
            return false;
        }
    }

    /// <summary>A new context.</summary>
    protected abstract Task<PortalDb> OpenAsync(CancellationToken cancel);

    /// <summary>Runs the migrations; false = another process has the database.</summary>
    protected abstract Task<bool> MigrateAsync(PortalDb db, CancellationToken cancel);
}
