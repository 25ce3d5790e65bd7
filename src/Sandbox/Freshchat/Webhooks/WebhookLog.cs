using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>Writes down what came of attempts, many in one transaction: the sender does not wait for it.</summary>
internal sealed class WebhookLog(SandboxState state, ILogger<WebhookLog> log)
{
    private readonly Channel<Line> _lines = Channel.CreateUnbounded<Line>(new() { SingleReader = true });

    // What the row is to say; the webhook itself may have gone on meanwhile.
    private sealed record Line(WebhookDelivery Delivery)
    {
        public int Attempts { get; } = Delivery.Attempts;
        public DeliveryStatus Status { get; } = Delivery.Status;
        public DateTimeOffset DueTime { get; } = Delivery.DueTime;
        public DateTimeOffset? LastAttemptTime { get; } = Delivery.LastAttemptTime;
        public int? LastCode { get; } = Delivery.LastCode;
        public string? LastError { get; } = Delivery.LastError;
        public DateTimeOffset? MailTime { get; } = Delivery.MailTime;
    }

    /// <summary>Takes down the webhook as it is now.</summary>
    public void Note(WebhookDelivery delivery) => _lines.Writer.TryWrite(new(delivery));

    /// <summary>Nothing more will be noted.</summary>
    public void Close() => _lines.Writer.Complete();

    /// <summary>Writes until everything noted before <see cref="Close"/> is in the rows.</summary>
    public async Task WriteAllAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            var newest = new Dictionary<long, Line>();
            while (_lines.Reader.TryRead(out var line))
                newest[line.Delivery.Sequence] = line;
            try
            {
                await state.WriteAsync(db => WriteAsync(db, newest.Values), CancellationToken.None);
            }
            catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
            {
                log.LogError(e, "What came of {Count} webhooks could not be written down.", newest.Count);
            }
        }
    }

    // A row that a reset took away is simply not there.
    private static async Task<bool> WriteAsync(SandboxDb db, IEnumerable<Line> lines)
    {
        foreach (var line in lines)
            await db.Set<WebhookDelivery>()
                .Where(d => d.Sequence == line.Delivery.Sequence)
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(d => d.Attempts, line.Attempts)
                        .SetProperty(d => d.Status, line.Status)
                        .SetProperty(d => d.DueTime, line.DueTime)
                        .SetProperty(d => d.LastAttemptTime, line.LastAttemptTime)
                        .SetProperty(d => d.LastCode, line.LastCode)
                        .SetProperty(d => d.LastError, line.LastError)
                        .SetProperty(d => d.MailTime, line.MailTime)
                        .SetProperty(d => d.Body, line.Delivery.Body)
                        .SetProperty(d => d.Signature, line.Delivery.Signature)
                );
        return true;
    }
}
