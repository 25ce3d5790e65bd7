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

    // SQLite's application id of a sandbox file: "MSbx".
    private const int Ours = 0x4D536278;

    /// <summary>
    /// Makes the file ready. A file the sandbox wrote for another model is replaced: what it holds is not worth a migration.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file is somebody else's database.</exception>
    public void Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var db = dbs.CreateDbContext();
        var stamp = StampOf(db.Database.GenerateCreateScript());
        if (File.Exists(file) && new FileInfo(file).Length > 0)
        {
            if (Pragma(db, "application_id") != Ours)
                throw new InvalidOperationException($"Sandbox:StateFile names {file}, which is not a state file of the sandbox.");
            if (Pragma(db, "user_version") == stamp)
                return;
            log.LogWarning("The state file {File} was written for another model: the sandbox starts afresh.", file);
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            foreach (var part in new[] { file, file + "-wal", file + "-shm" })
                File.Delete(part);
        }
        // With a write-ahead log readers never wait for the writer.
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        SetPragma(db, "application_id", Ours);
        db.Database.EnsureCreated();
        foreach (var system in systems)
            system.Seed(db);
        db.SaveChanges();
        // Last: without the stamp a file that was left half made is replaced at the next start.
        SetPragma(db, "user_version", stamp);
    }

    /// <summary>
    /// Does a piece of work that writes: one at a time, in one transaction, saved and committed when it returns. SQLite has a single
    /// writer anyway; queueing here keeps requests from blocking threads over it.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="committed">Runs after the commit and before the next writer, so that what it notes has the order of the commits.</param>
    /// <param name="cancellation">Gives up while waiting or working.</param>
    public async Task<T> WriteAsync<T>(Func<SandboxDb, Task<T>> work, Action<T>? committed, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await work(db);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            committed?.Invoke(result);
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{SandboxDb, Task{T}}, Action{T}?, CancellationToken)" />
    public Task<T> WriteAsync<T>(Func<SandboxDb, Task<T>> work, CancellationToken cancellation) =>
        WriteAsync(work, null, cancellation);

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

    private static int Pragma(SandboxDb db, string name) =>
        db.Database.SqlQueryRaw<int>(string.Concat("SELECT ", name, " AS Value FROM pragma_", name)).Single();

    private static void SetPragma(SandboxDb db, string name, int value) =>
        db.Database.ExecuteSqlRaw(string.Create(CultureInfo.InvariantCulture, $"PRAGMA {name} = {value}"));

    private static int StampOf(string createScript) =>
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(createScript)));
}

internal static class SandboxStateSetup
{
    /// <summary>Adds the state kept in <paramref name="file"/> (an absolute path).</summary>
    public static void AddSandboxState(this IServiceCollection services, string file)
    {
        services.AddDbContextFactory<SandboxDb>(o => o.UseSqlite($"Data Source={file}").AddInterceptors(new SandboxDb.Pragmas()));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SandboxState>(s, file));
    }
}
