using System.Globalization;
using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Core.Outcomes;

/// <summary>
/// Sends one request and tells what became of it. Logs method, path, status and trace id; never the query, a header or a body.
/// </summary>
internal sealed class FarCall(HttpClient http, TimeProvider clock, ILogger logger)
{
    private const string TraceHeader = "X-Trace-ID";

    /// <summary>An answer of any status, or the failure to get one.</summary>
    public async Task<FarResult<FarAnswer>> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        var isWrite = request.Method != HttpMethod.Get;
        var started = clock.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            var answer = new FarAnswer(isWrite, (int)response.StatusCode, body, clock.GetElapsedTime(started))
            {
                TraceId = response.Headers.TryGetValues(TraceHeader, out var ids) ? ids.First() : null,
                // Limits are told with every answer; only these two ask to wait.
                Wait = response.StatusCode is HttpStatusCode.TooManyRequests || response.Headers.RetryAfter is not null
                    ? WaitHeaders.Read(response.Headers, clock.GetUtcNow())
                    : null,
            };
            Log(request, answer.IsSuccess, answer.Status.ToString(CultureInfo.InvariantCulture), answer.Duration, answer.TraceId);
            return FarResult.Success(answer, answer.Status, answer.TraceId, answer.Duration);
        }
        catch (QuestionFailedException failed)
        {
            ExceptionDispatchInfo.Throw(failed.InnerException!);
            throw;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && Classify(exception, MayBeDone()) is not null)
        {
            var (kind, code) = Classify(exception, MayBeDone())!.Value;
            var duration = clock.GetElapsedTime(started);
            Log(request, code is GuardedContent.Withdrawn, code, duration, null);
            return new FarFailure(kind, code, duration) { RetryAfter = (exception as BrokenCircuitException)?.RetryAfter };
        }

        bool MayBeDone() => isWrite && request.Content is not GuardedContent { IsHeld: true };
    }

    /// <summary>Null for what is a bug and not a failure of the far side.</summary>
    private static (FailureKind Kind, string Code)? Classify(Exception exception, bool mayBeDone)
    {
        var doubtful = mayBeDone ? FailureKind.Ambiguous : FailureKind.Unavailable;
        return exception switch
        {
            WithdrawnException => (FailureKind.Unavailable, GuardedContent.Withdrawn),
            BrokenCircuitException => (FailureKind.Unavailable, FarCode.CircuitOpen),
            RateLimiterRejectedException => (FailureKind.Unavailable, FarCode.Busy),
            TimeoutRejectedException or OperationCanceledException => (doubtful, FarCode.Timeout),
            HttpRequestException { InnerException: PrivateAddressException } => (FailureKind.Refused, FarCode.HostPrivate),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (FailureKind.Unavailable, FarCode.HostUnknown),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                (FailureKind.Unavailable, FarCode.SecureConnectionFailed),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (FailureKind.Unavailable, FarCode.ConnectionFailed),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                (mayBeDone ? FailureKind.Ambiguous : FailureKind.Unreadable, FarCode.TooLarge),
            HttpRequestException or IOException => (doubtful, FarCode.ConnectionLost),
            _ => null,
        };
    }

    private void Log(HttpRequestMessage request, bool well, string outcome, TimeSpan duration, string? traceId) =>
        logger.Log(
            well ? LogLevel.Debug : LogLevel.Warning,
            "{Method} {Host}{Path}: {Outcome} after {Milliseconds:F0} ms, trace {TraceId}",
            request.Method,
            request.RequestUri!.Authority,
            request.RequestUri.AbsolutePath,
            outcome,
            duration.TotalMilliseconds,
            traceId);
}
