using System.Collections.Frozen;
using Core.Outcomes;
using Microsoft.Extensions.Options;
using Polly;

namespace Core.Freshchat;

/// <summary>
/// Reads pictures of agents in a browser's place (<c>avatar.url</c>, freshchat.md 5.3): they lie on hosts that no page of the portal asks.
/// Every failure is the same to who looks: there is no picture.
/// </summary>
public sealed class AgentPictures
{
    /// <summary>The largest picture that is passed on, in bytes.</summary>
    public const int Largest = 512 * 1024;

    /// <summary>Per try.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    // Nothing that can carry a script.
    private static readonly FrozenSet<string> Kinds = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "image/png", "image/jpeg", "image/gif", "image/webp");

    private readonly HttpClient _http;
    private readonly OutboundOptions _outbound;

    /// <summary>Asks through <paramref name="http"/>.</summary>
    public AgentPictures(HttpClient http, IOptions<OutboundOptions> outbound)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(outbound);
        (_http, _outbound) = (http, outbound.Value);
        _http.MaxResponseContentBufferSize = Largest;
    }

    /// <summary>The picture; null when it cannot be had, is none, or is larger than <see cref="Largest"/>.</summary>
    /// <param name="url">Where Freshchat says that it lies.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<AgentPicture?> ReadAsync(string url, CancellationToken cancel)
    {
        // The address of a picture may be signed, and then it has a query.
        if (FarUrl.Check(url, _outbound.AllowHttpLoopback) is not (null or "query"))
            return null;
        try
        {
            using var answer = await _http.GetAsync(new Uri(url), cancel);
            return answer is { IsSuccessStatusCode: true, Content.Headers.ContentType.MediaType: { } kind } && Kinds.Contains(kind)
                ? new(await answer.Content.ReadAsByteArrayAsync(cancel), kind)
                : null;
        }
        // A content that is not encoded as it says is invalid data.
        catch (Exception fault) when (!cancel.IsCancellationRequested && fault is HttpRequestException or InvalidDataException or ExecutionRejectedException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>A picture.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Kind">Its media type.</param>
public sealed record AgentPicture(byte[] Content, string Kind);
