using Core.Bots;
using Core.Freshchat;
using Core.Security;
using Core.Storage;
using Microsoft.Data.Sqlite;
using Reliability.Tests.Model.FarSides;
using Reliability.Tests.Model.Simulation;
using Support;

namespace Reliability.Tests.Model.Portal;

/// <summary>A database with one live bot, made once and copied for every schedule.</summary>
internal sealed class Template : IDisposable
{
    // Memory where the system has some as a folder: a schedule commits a thousand times, and no disk is under test here.
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"model-{Guid.NewGuid():N}")
    ).FullName;

    private int _copies;

    public SigningKey Key { get; } = new();

    public string WebhookId { get; } = WebhookAddress.NewId();

    public Guid BotId { get; } = Guid.NewGuid();

    private string Original => Path.Combine(_folder, "template.db");

    public void Make()
    {
        var world = new World(this, new(default, default, default, default, default, []), Original);
        OneThread.Run(world.Time, () => MakeAsync(world.Node));
        world.Close();
        // What lies in the journal would be missing in the copies.
        using var connection = new SqliteConnection($"Data Source={Original}");
        connection.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "pragma wal_checkpoint(truncate)";
        using (var done = checkpoint.ExecuteReader())
            Assert.True(done.Read() && done.GetInt32(0) == 0, "The template is still in use.");
        SqliteConnection.ClearAllPools();
    }

    private async Task MakeAsync(Node node)
    {
        Assert.True(await node.Get<PrepareDatabase>().RunAsync(CancellationToken.None));
        var key = FreshchatKey.Read(Key.PublicPem).Value!;
        var bot = new Bot
        {
            Id = BotId,
            Name = "bot",
            Status = BotStatus.Live,
            WebhookId = WebhookId,
            ChatUrl = "https://freshchat.example.test/v2",
            AppId = FreshchatModel.AppId,
            ProtectedToken = node.Get<Secrets>().Protect(FreshchatModel.FirstToken),
            AgentId = FreshchatModel.BotAgent,
            GroupId = FreshchatModel.Group,
            GroupName = "Support",
            MammutId = MammutModel.Bot,
            Messages = new() { HandOver = new() { Es = "I pass you on." }, Unavailable = new() { Es = "I cannot answer now." } },
            Keys = [new BotKey { BotId = BotId, Spki = key.Spki, Fingerprint = key.Fingerprint, Bits = key.Bits }],
        };
        await node.Get<PortalStore>().WriteAsync(
            db =>
            {
                db.Add(bot);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );
    }

    public string Copy()
    {
        var copy = Path.Combine(_folder, $"{++_copies}.db");
        File.Copy(Original, copy);
        return copy;
    }

    /// <summary>The copy is no longer needed.</summary>
    public static void Delete(string copy)
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(copy)!, Path.GetFileName(copy) + "*"))
            File.Delete(file);
    }

    public void Dispose()
    {
        Key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
