using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Sandbox.Control;
using Sandbox.Ledger;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>One attempt over HTTP: three headers, exact bytes, a time limit, no redirects, no proxy (freshchat.md 6, 14.2).</summary>
internal sealed class WebhookPost(SwitchBoard switches, LedgerBook ledger, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends and says what came of it; throws only when <paramref name="cancel"/> asks to stop.</summary>
    /// <param name="delivery">What to send.</param>
    /// <param name="retry">Attempts made before; the header <c>X-Retry-Count</c>.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Attempt> SendAsync(WebhookDelivery delivery, int retry, CancellationToken cancel)
    {
        var sentAt = ledger.Now;
        var attempt = await AttemptAsync(delivery, retry, cancel);
        ledger.Add(
            new WebhookAttempted(
                delivery.Sequence,
                delivery.Action,
                delivery.ConversationId,
                delivery.MessageId,
                retry,
                attempt.Code,
                sentAt,
                ledger.Now
            )
        );
        return attempt;
    }

    private async Task<Attempt> AttemptAsync(WebhookDelivery delivery, int retry, CancellationToken cancel)
    {
        var patience = switches.Get(WebhookSwitches.Timeout);
        using var timeout = new CancellationTokenSource(patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var request = Request(delivery, retry);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var code = (int)response.StatusCode;
            return new(code, response.IsSuccessStatusCode ? null : $"The receiver answered {code}.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, string.Create(CultureInfo.InvariantCulture, $"No answer within {patience.TotalSeconds} s."));
        }
        catch (HttpRequestException e)
        {
            return new(null, e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(WebhookDelivery delivery, int retry)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        if (delivery.Signature.Length > 0)
            request.Headers.Add("X-Freshchat-Signature", delivery.Signature);
        request.Headers.Add("X-Freshchat-Payload-Version", "1");
        request.Headers.Add("X-Retry-Count", retry.ToString(CultureInfo.InvariantCulture));
        return request;
    }
}
