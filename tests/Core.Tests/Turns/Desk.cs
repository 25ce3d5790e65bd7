using Core.Bots;
using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Turns;

/// <summary>A portal with one live bot, its workers running and both far sides at hand; all waits are short.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly (string, string)[] Short =
    [
        ("Inbox:QuietWindow", "00:00:00"),
        ("Mammut:PollInterval", "00:00:00.020"),
        ("Mammut:AnswerWait", "00:00:05"),
        ("Mammut:GraceWindow", "00:00:00.150"),
    ];

    /// <summary>Marks what the test asks, not the portal.</summary>
    public const string ByTest = "asked by a test";

    private readonly Bot bot;

    private Desk(FarSides far, TemporaryPortal portal, Bot bot) => (Far, Portal, this.bot) = (far, portal, bot);

    public FarSides Far { get; }

    public TemporaryPortal Portal { get; }

    public Guid BotId => bot.Id;

    public static Task<Desk> OpenAsync(params (string, string)[] settings) => OpenAsync(_ => { }, settings);

    public static async Task<Desk> OpenAsync(Action<Bot> change, params (string, string)[] settings)
    {
        var far = await FarSides.StartAsync();
        var portal = await TemporaryPortal.OpenAsync(far.Url, null, [.. Short.ExceptBy(settings.Select(s => s.Item1), s => s.Item1), .. settings]);
        var bot = await portal.BotAsync(change);
        await portal.StartAsync();
        return new(far, portal, bot);
    }

    public async Task ArriveAsync(params byte[][] bodies)
    {
        foreach (var body in bodies)
            Assert.Equal(StoreOutcome.Stored, await Portal.StoreAsync(bot, body));
    }

    /// <summary>An admin pauses or archives the bot.</summary>
    public async Task MoveAsync(BotStatus to)
    {
        if (to is BotStatus.Archived)
            Assert.True((await Portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Succeeded);
        else
            Assert.True((await Portal.Get<PauseBot>().PauseAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Succeeded);
    }

    /// <summary>The first turn, once it has ended.</summary>
    public Task<Turn> EndedAsync() =>
        Eventually.Get(
            () => Portal.ReadAsync(db => db.Turns.Include(t => t.Replies).Include(t => t.HandOver).OrderBy(t => t.Id).FirstOrDefaultAsync())!,
            turn => turn?.EndedAt is not null,
            "the end of the turn"
        )!;

    /// <summary>Every delivery of a message: id, status and reason, in the order of arrival.</summary>
    public async Task<string> FatesAsync()
    {
        var deliveries = await Portal.ReadAsync(db => db.Deliveries.TagWith(ByTest).Where(d => d.MessageId != null).OrderBy(d => d.Id).ToListAsync());
        return string.Join(", ", deliveries.Select(d => $"{d.MessageId} {d.Status} {d.Reason}".Trim()));
    }

    /// <summary>Waits until the latest message has come to this.</summary>
    public Task FateAsync(string fate) =>
        Eventually.Get(FatesAsync, fates => fates == fate || fates.EndsWith(", " + fate, StringComparison.Ordinal), $"message '{fate}'");

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Far.DisposeAsync();
    }
}
