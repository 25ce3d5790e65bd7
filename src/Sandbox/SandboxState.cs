using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Sandbox;

/// <summary>The state file: made when missing, kept across restarts, emptied on request.</summary>
internal sealed class SandboxState(
    string file,
    IDbContextFactory<SandboxDb> dbs,
    IEnumerable<ISimulatedSystem> systems,
    ILogger<SandboxState> log
) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>
    /// Makes the file ready. A file written for another model is replaced: what a sandbox holds is not worth a migration.
    /// </summary>
    public void Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var db = dbs.CreateDbContext();
        var stamp = StampOf(db.Database.GenerateCreateScript());
        if (File.Exists(file))
        {
            if (db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").Single() == stamp)
                return;
            log.LogWarning("The state file {File} was written for another model: the sandbox starts afresh.", file);
            SqliteConnection.ClearAllPools();
            foreach (var part in new[] { file, file + "-wal", file + "-shm" })
                File.Delete(part);
        }
        // EF Core makes the file with a write-ahead log, so readers never wait for the writer.
        db.Database.EnsureCreated();
        foreach (var system in systems)
            system.Seed(db);
        db.SaveChanges();
        // Last: without the stamp a file that was left half made is replaced at the next start.
        db.Database.ExecuteSqlRaw(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {stamp}"));
    }

    /// <summary>
    /// Does a piece of work that writes: one at a time, in one transaction, saved and committed when it returns. SQLite has a single
    /// writer anyway; queueing here keeps requests from blocking threads over it.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SandboxDb, Task<T>> work, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await work(db);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Starts every system afresh, as if the file had just been made.</summary>
    public async Task StartAfreshAsync(CancellationToken cancellation)
    {
        await WriteAsync(
            async db =>
            {
                await db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys = ON", cancellation);
                foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct())
#pragma warning disable EF1002 // A table name of our own model cannot be a parameter
                    await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{table}\"", cancellation);
#pragma warning restore EF1002
                foreach (var system in systems)
                    system.Seed(db);
                return true;
            },
            cancellation
        );
        foreach (var system in systems)
            system.Forget();
    }

    public void Dispose() => _writing.Dispose();

    private static int StampOf(string createScript) =>
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(createScript)));
}

internal static class SandboxStateSetup
{
    /// <summary>Adds the state kept in <paramref name="file"/> (an absolute path).</summary>
    public static void AddSandboxState(this IServiceCollection services, string file)
    {
        services.AddDbContextFactory<SandboxDb>(o =>
            o.UseSqlite($"Data Source={file}").AddInterceptors(new SandboxDb.Pragmas()));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SandboxState>(s, file));
    }
}
