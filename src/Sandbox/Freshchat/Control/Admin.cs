using Microsoft.EntityFrameworkCore;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;
using Sandbox.Freshchat.Rest;
using Sandbox.Freshchat.Webhooks;

namespace Sandbox.Freshchat.Control;

/// <summary>The administrators' side: what to copy into a bot's set-up, the one webhook URL, and what was sent to it.</summary>
internal static class Admin
{
    private sealed record AdminAgent(string Id, string Name, string Email, bool IsBot, bool IsDeactivated);

    private sealed record AdminGroup(string Id, string Name, IReadOnlyList<string> Members);

    private sealed record AdminTopic(string Id, string Name, string Locale);

    private sealed record AdminAccount(
        string ChatUrl,
        string AppId,
        string Token,
        string PublicKey,
        IReadOnlyList<AdminAgent> Agents,
        IReadOnlyList<AdminGroup> Groups,
        IReadOnlyList<AdminTopic> Topics
    );

    private sealed record Webhook(string Url, bool Enabled);

    private sealed record GroupName(string Name);

    private sealed record Delivery(
        long Id,
        string Action,
        string ConversationId,
        string Url,
        DeliveryStatus Status,
        int Attempts,
        int? LastCode,
        string? LastError,
        DateTimeOffset CreatedAt,
        DateTimeOffset? LastAttemptAt,
        DateTimeOffset? NextAttemptAt
    );

    private sealed record FailureMail(long DeliveryId, string Action, string ConversationId, string Url, int Attempts, int? LastCode, string? LastError, DateTimeOffset At);

    public static void MapAdmin(this IEndpointRouteBuilder control)
    {
        control.MapGet("/account", ReadAccountAsync);
        control.MapGet(
            "/webhook",
            async (SandboxDb db, CancellationToken cancel) => Shape(await db.Set<FreshchatAccount>().SingleAsync(cancel))
        );
        control.MapPut("/webhook", SaveWebhookAsync);
        control.MapPost("/token", RenewTokenAsync);
        control.MapPut("/groups/{id}", RenameGroupAsync);
        control.MapGet("/deliveries", ListDeliveriesAsync);
        control.MapGet("/mails", ListMailsAsync);
        control.MapGet(
            "/deliveries/{id:long}/body",
            async (long id, SandboxDb db, CancellationToken cancel) =>
                await db.FindAsync<WebhookDelivery>([id], cancel) is { } delivery
                    ? Results.Bytes(delivery.Body, "application/json; charset=utf-8")
                    : Results.NotFound()
        );
    }

    private static async Task<AdminAccount> ReadAccountAsync(
        SandboxDb db,
        HttpResponse response,
        HttpRequest request,
        CancellationToken cancel
    )
    {
        response.Headers.CacheControl = "no-store";
        var account = await db.Set<FreshchatAccount>().SingleAsync(cancel);
        var agents = await db.Set<Agent>().Where(a => !a.IsDeleted).OrderBy(a => a.Position).ToListAsync(cancel);
        var groups = await db.Set<Group>().OrderBy(g => g.Position).ToListAsync(cancel);
        var topics = await db.Set<Topic>().OrderBy(t => t.Position).ToListAsync(cancel);
        return new(
            $"{request.Scheme}://{request.Host}{RestApi.Root}",
            account.AppId,
            account.Token,
            account.PublicKeyPem(),
            [.. agents.Select(a => new AdminAgent(a.Id, a.DisplayName, a.Email, a.Id == account.BotAgentId, a.IsDeactivated))],
            [
                .. groups.Select(g => new AdminGroup(
                    g.Id,
                    g.Name,
                    [.. agents.Where(a => g.Agents.Contains(a.Id)).Select(a => a.DisplayName)]
                )),
            ],
            [.. topics.Select(t => new AdminTopic(t.Id, t.Name, t.Locale))]
        );
    }

    private static async Task<IResult> SaveWebhookAsync(Webhook asked, SandboxState state, KnownAccount known, CancellationToken cancel)
    {
        var url = asked.Url.Trim();
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            return Refusal.Invalid("The webhook URL must begin with http:// or https://").Problem();
        if (asked.Enabled && url.Length == 0)
            return Refusal.Invalid("Enter a webhook URL before switching webhooks on").Problem();
        var saved = await state.WriteAsync(
            async db =>
            {
                var account = await db.Set<FreshchatAccount>().SingleAsync(cancel);
                (account.WebhookUrl, account.WebhookEnabled) = (url, asked.Enabled);
                return account;
            },
            _ => known.Forget(),
            cancel
        );
        return Results.Ok(Shape(saved));
    }

    // The old token is refused from the moment on at which there is a new one (freshchat.md 2.2).
    private static async Task<IResult> RenewTokenAsync(SandboxState state, KnownAccount known, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "no-store";
        var token = await state.WriteAsync(
            async db =>
            {
                var account = await db.Set<FreshchatAccount>().SingleAsync(cancel);
                return account.Token = AccessToken.Issue(account.AppId, clock.GetUtcNow());
            },
            _ => known.Forget(),
            cancel
        );
        return Results.Ok(new { token });
    }

    private static async Task<IResult> RenameGroupAsync(string id, GroupName asked, SandboxState state, CancellationToken cancel)
    {
        var known = await state.WriteAsync(
            async db =>
            {
                if (await db.FindAsync<Group>([id], cancel) is not { } group)
                    return false;
                group.Name = asked.Name.Trim();
                return true;
            },
            cancel
        );
        return known ? Results.Ok(asked) : Results.NotFound();
    }

    private static async Task<List<Delivery>> ListDeliveriesAsync(SandboxDb db, CancellationToken cancel, int take = 50)
    {
        var newest = await db.Set<WebhookDelivery>()
            .OrderByDescending(d => d.Sequence)
            .Take(Math.Clamp(take, 1, 500))
            .ToListAsync(cancel);
        return
        [
            .. newest.Select(d => new Delivery(
                d.Sequence,
                d.Action,
                d.ConversationId,
                d.Url,
                d.Status,
                d.Attempts,
                d.LastCode,
                d.LastError,
                d.CreatedTime,
                d.LastAttemptTime,
                d.Status == DeliveryStatus.Pending ? d.DueTime : null
            )),
        ];
    }

    private static async Task<List<FailureMail>> ListMailsAsync(SandboxDb db, CancellationToken cancel) =>
        await db.Set<WebhookDelivery>()
            .Where(d => d.MailTime != null)
            .OrderByDescending(d => d.Sequence)
            .Take(50)
            .Select(d => new FailureMail(d.Sequence, d.Action, d.ConversationId, d.Url, d.Attempts, d.LastCode, d.LastError, d.MailTime!.Value))
            .ToListAsync(cancel);

    private static Webhook Shape(FreshchatAccount account) => new(account.WebhookUrl, account.WebhookEnabled);
}
