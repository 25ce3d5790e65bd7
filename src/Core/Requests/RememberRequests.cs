using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Requests;

/// <summary>
/// Does a write once per <c>Idempotency-Key</c>: the key is stored before the work begins, the answer when it ends, and what came to
/// nothing is forgotten. A key whose answer is not known, because the work goes on or the portal stopped half-way, is refused rather
/// than repeated (portal.md 3).
/// </summary>
public sealed class RememberRequests(PortalStore store, TimeProvider clock)
{
    /// <summary>Longest key accepted.</summary>
    public const int LongestKey = 200;

    private static readonly TimeSpan For = TimeSpan.FromDays(1);

    /// <summary>Null = new: do it and call <see cref="AnswerAsync"/> or <see cref="ForgetAsync"/>. Else the answer to give again, or <c>idempotency_conflict</c>.</summary>
    public Task<Result<IdempotentRequest?>> BeginAsync(string key, string fingerprint, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var now = clock.GetUtcNow();
                var old = now - For;
                await db.IdempotentRequests.Where(r => r.At < old).ExecuteDeleteAsync(cancel);
                if (await db.IdempotentRequests.FirstOrDefaultAsync(r => r.Key == key, cancel) is { } known)
                    return known.Fingerprint == fingerprint && known.Status is not null ? known : new Error("idempotency_conflict");
                db.Add(
                    new IdempotentRequest
                    {
                        Key = key,
                        Fingerprint = fingerprint,
                        At = now,
                    }
                );
                return Result.Success<IdempotentRequest?>(null);
            },
            cancel
        );

    /// <summary>Keeps the answer for the next time.</summary>
    public Task AnswerAsync(string key, int status, string? contentType, byte[] answer) =>
        store.WriteAsync(
            db =>
                db.IdempotentRequests.Where(r => r.Key == key)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(r => r.Status, status).SetProperty(r => r.ContentType, contentType).SetProperty(r => r.Answer, answer),
                        CancellationToken.None
                    ),
            CancellationToken.None
        );

    /// <summary>It came to nothing: with the same key it may be tried again.</summary>
    public Task ForgetAsync(string key) =>
        store.WriteAsync(db => db.IdempotentRequests.Where(r => r.Key == key).ExecuteDeleteAsync(CancellationToken.None), CancellationToken.None);
}
