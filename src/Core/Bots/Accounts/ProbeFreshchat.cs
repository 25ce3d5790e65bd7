using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots.Accounts;

/// <summary>Asks an account who it is and whom it has: the live check of the wizard and of <c>POST /probe/freshchat</c>.</summary>
public sealed class ProbeFreshchat(
    FreshchatClient freshchat,
    PortalStore store,
    Secrets secrets,
    TimeProvider clock,
    IOptions<OutboundOptions> outbound,
    IOptions<FreshchatOptions> options
)
{
    /// <summary>
    /// Chat URLs of other regions, for an account that was not found where it was looked for (freshchat.md 2.1). They are named, never
    /// called: a token goes to one of them only when an admin asks for exactly that one.
    /// </summary>
    public IReadOnlyList<string> OtherRegions(string? chatUrl) =>
        [.. (options.Value.Regions ?? ChatUrl.Regional).Where(region => !string.Equals(region, chatUrl?.Trim().TrimEnd('/'), StringComparison.OrdinalIgnoreCase))];

    /// <summary>What a token as typed says about itself; nobody is asked.</summary>
    public IReadOnlyList<TokenWarning> LookAt(string? apiToken) => TokenClaims.Read(apiToken)?.Warnings(clock.GetUtcNow()) ?? [];

    /// <summary>Probes with values as typed.</summary>
    public async Task<Result<FreshchatProbe>> HandleAsync(Actor actor, string? chatUrl, string? apiToken, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        // Whoever left out both is told of both.
        Error[] missing = string.IsNullOrWhiteSpace(apiToken) ? [BotErrors.Required("apiToken")] : [];
        if (string.IsNullOrWhiteSpace(chatUrl))
            return BotErrors.Required("chatUrl") with { Also = missing };
        if (ChatUrl.Parse(chatUrl, outbound.Value.AllowHttpLoopback) is { Succeeded: false, Error: { } fault })
            return fault with { Also = missing };
        if (string.IsNullOrWhiteSpace(apiToken))
            return missing[0];
        return await AskAsync(new(chatUrl.Trim(), FreshchatAccount.CleanToken(apiToken)), cancel);
    }

    /// <summary>Probes with what a saved bot holds.</summary>
    public Task<Result<FreshchatProbe>> HandleAsync(Actor actor, Guid botId, CancellationToken cancel) => HandleAsync(actor, botId, null, cancel);

    /// <summary>Probes with the token of a saved bot at another Chat URL, one that the admin chose for it.</summary>
    public async Task<Result<FreshchatProbe>> HandleAsync(Actor actor, Guid botId, string? chatUrl, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == botId, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (chatUrl is not null)
        {
            if (ChatUrl.Parse(chatUrl, outbound.Value.AllowHttpLoopback) is { Succeeded: false, Error: { } fault })
                return fault;
            bot.ChatUrl = chatUrl.Trim();
        }
        var account = BotAccount.Of(bot, secrets);
        return account.Succeeded ? await AskAsync(account.Value, cancel) : account.Error;
    }

    internal async Task<Result<FreshchatProbe>> AskAsync(FreshchatAccount account, CancellationToken cancel)
    {
        var configuration = await freshchat.GetConfiguration(account, cancel);
        if (!configuration.Succeeded)
            return BotErrors.Freshchat(configuration.Failure);
        if (configuration.Value.AppId is not { Length: > 0 } appId)
            return new Error(FarCode.NotJson, "chatUrl");
        var agents = await freshchat.ListAgents(account, cancel);
        if (!agents.Succeeded)
            return BotErrors.Freshchat(agents.Failure);
        var groups = await freshchat.ListGroups(account, cancel);
        if (!groups.Succeeded)
            return BotErrors.Freshchat(groups.Failure);
        var channels = await freshchat.ListChannels(account, cancel);
        if (!channels.Succeeded)
            return BotErrors.Freshchat(channels.Failure);
        return new FreshchatProbe(
            appId,
            configuration.Value.AccountDomain ?? configuration.Value.OrganisationDomain,
            [.. agents.Value.Where(a => a.IsDeleted is not true).Select(View)],
            [.. groups.Value.Select(g => new GroupView(g.Id, g.Name ?? "", g.Description, g.Agents ?? []))],
            [.. channels.Value.Select(c => new ChannelView(c.Id, c.Name ?? "", c.Locale, c.Enabled is not false))]
        )
        {
            TokenWarnings = LookAt(account.ApiToken),
        };
    }

    private static AgentView View(FreshchatAgent agent) =>
        new(
            agent.Id,
            agent.DisplayName,
            agent.Email,
            agent.RoleName,
            agent.IsDeactivated is true,
            string.Equals(agent.RoutingType, "INTELLIASSIGN", StringComparison.OrdinalIgnoreCase)
        )
        {
            PictureUrl = agent.PictureUrl,
        };
}
