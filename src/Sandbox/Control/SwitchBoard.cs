using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Sandbox.Control;

/// <summary>Every switch of the sandbox with its value. Values are kept in the state file and survive restarts.</summary>
internal sealed class SwitchBoard(IEnumerable<Switch> switches, IDbContextFactory<SandboxDb> dbs) : ISimulatedSystem, IDisposable
{
    private readonly SemaphoreSlim _turning = new(1);
    private ConcurrentDictionary<Switch, object>? _values;

    /// <summary>All switches, in the order they were added.</summary>
    public IReadOnlyList<Switch> All { get; } = [.. switches];

    /// <summary>The value now.</summary>
    public T Get<T>(Switch<T> which)
        where T : notnull => (T)Get((Switch)which);

    /// <inheritdoc cref="Get{T}(Switch{T})" />
    public object Get(Switch which) => (_values ??= Load()).GetValueOrDefault(which, which.Untouched);

    /// <summary>Turns a switch.</summary>
    public async Task SetAsync<T>(Switch<T> which, T value, CancellationToken cancellation = default)
        where T : notnull
    {
        await _turning.WaitAsync(cancellation);
        try
        {
            await StoreAsync(which, value, cancellation);
        }
        finally
        {
            _turning.Release();
        }
    }

    /// <summary>Turns a switch to a value in JSON; false when it is not a value of its kind.</summary>
    public async Task<bool> SetAsync(Switch which, JsonElement json, CancellationToken cancellation = default)
    {
        if (which.Read(json) is not { } value)
            return false;
        await _turning.WaitAsync(cancellation);
        try
        {
            await StoreAsync(which, value, cancellation);
        }
        finally
        {
            _turning.Release();
        }
        return true;
    }

    /// <summary>
    /// Asks a count whether it applies to this request, and uses it up by one: 0 never applies, N applies to the next N requests,
    /// any negative number to all.
    /// </summary>
    public async Task<bool> TakeAsync(Switch<int> count, CancellationToken cancellation = default)
    {
        if (Get(count) == 0)
            return false;
        await _turning.WaitAsync(cancellation);
        try
        {
            var left = Get(count);
            if (left > 0)
                await StoreAsync(count, left - 1, cancellation);
            return left != 0;
        }
        finally
        {
            _turning.Release();
        }
    }

    public void Dispose() => _turning.Dispose();

    void ISimulatedSystem.Seed(SandboxDb db) { }

    void ISimulatedSystem.Forget() => _values = null;

    private ConcurrentDictionary<Switch, object> Load()
    {
        using var db = dbs.CreateDbContext();
        var stored = db.Set<SwitchSetting>().AsNoTracking().ToDictionary(s => (s.System, s.Name), s => s.Value);
        var values = new ConcurrentDictionary<Switch, object>();
        foreach (var one in All)
            if (stored.TryGetValue((one.System, one.Name), out var json) && one.Read(JsonElement.Parse(json)) is { } value)
                values[one] = value;
        return values;
    }

    private async Task StoreAsync(Switch which, object value, CancellationToken cancellation)
    {
        await using var db = await dbs.CreateDbContextAsync(cancellation);
        var setting = await db.Set<SwitchSetting>().FindAsync([which.System, which.Name], cancellation);
        if (setting is null)
            db.Add(setting = new() { System = which.System, Name = which.Name });
        setting.Value = Switch.Write(value).GetRawText();
        await db.SaveChangesAsync(cancellation);
        (_values ??= Load())[which] = value;
    }
}
