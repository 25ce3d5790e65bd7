using Core.Bots;
using Core.Bots.Listing;
using Core.Bots.Sites;

namespace Portal.Tests.Components;

/// <summary>Views as use cases return them; a test names only what it is about.</summary>
internal static class Some
{
    public static BotView Bot(string name = "", string? hint = null, string agent = "", BotStatus status = BotStatus.Draft) =>
        new()
        {
            Id = Guid.Parse("0197c5a0-0000-7000-8000-000000000001"),
            Name = name,
            Status = status,
            WebhookUrl = "https://portal.test/channels/freshchat/abc",
            SharedWebhookUrl = "https://portal.test/channels/freshchat",
            Freshchat = new("https://acme.freshchat.com/v2", hint is null ? "" : "app-1", hint, agent, null, null, null, []),
            Mammut = new(),
            Sites = [],
            Policies = new(),
            Messages = new(),
            Health = [],
            Rejected = [],
            Version = 1,
        };

    public static BotSummary Summary(string name, BotStatus status, string? attention = null, int handled = 0, int handedOver = 0) =>
        new(Guid.NewGuid(), name, status, null, attention, "app-1", handled, handedOver, handled > 0 ? 1_800 : null, null);

    public static UnknownSiteView Unknown(SiteSource source, string value, int count = 1, string? conversation = null) =>
        new(value.GetHashCode(StringComparison.Ordinal), Guid.Empty, source, value, count, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), conversation);
}
