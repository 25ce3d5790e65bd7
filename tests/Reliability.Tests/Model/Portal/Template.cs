using Core.Bots;
using Core.Freshchat;
using Core.Security;
using Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Reliability.Tests.Model.FarSides;
using Reliability.Tests.Model.Schedules;
using Reliability.Tests.Model.Simulation;
using Support;

namespace Reliability.Tests.Model.Portal;

/// <summary>A database with one live bot, made once and copied for every schedule.</summary>
internal abstract class Template : IDisposable
{
    public abstract DatabaseProvider Provider { get; }

    public SigningKey Key { get; } = new();

    public string WebhookId { get; } = WebhookAddress.NewId();

    public Guid BotId { get; } = Guid.NewGuid();

    /// <summary>Whatever a node needs so that its database follows the story.</summary>
    public abstract void Watch(IServiceCollection services, World world, Life life);

    /// <summary>A copy for one schedule; tells its connection string.</summary>
    public abstract string Copy();

    /// <summary>The copy is no longer needed.</summary>
    public abstract void Delete(string copy);

    public virtual void Dispose() => Key.Dispose();

    protected void Make(string connection)
    {
        var world = new World(this, new(default, default, default, default, default, Cluster.Single, []), connection);
        OneThread.Run(world.Time, () => MakeAsync(world.Nodes[1]));
        world.Nodes.Close();
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
}
