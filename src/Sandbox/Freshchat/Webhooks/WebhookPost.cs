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
    public async Task<Attempt> SendAsync(WebhookDelivery delivery, CancellationToken cancel)
    {
        var sentAt = ledger.Now;
        var attempt = await AttemptAsync(delivery, cancel);
        ledger.Add(
            new WebhookAttempted(
                delivery.Sequence,
                delivery.Action,
                delivery.ConversationId,
                delivery.MessageId,
                delivery.Attempts,
                attempt.Code,
                sentAt,
                ledger.Now
            )
        );
        return attempt;
    }

    private async Task<Attempt> AttemptAsync(WebhookDelivery delivery, CancellationToken cancel)
    {
        var patience = switches.Get(FreshchatSwitches.WebhookTimeout);
        using var timeout = new CancellationTokenSource(patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var request = Request(delivery);
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

    private static HttpRequestMessage Request(WebhookDelivery delivery)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-Freshchat-Signature", delivery.Signature);
        request.Headers.Add("X-Freshchat-Payload-Version", "1");
        request.Headers.Add("X-Retry-Count", delivery.Attempts.ToString(CultureInfo.InvariantCulture));
        return request;
    }
}
