using System.Globalization;
using Core.Outcomes;

namespace Core.Mammut;

// Relay mode (mammut.md 7).
public sealed partial class MammutClient
{
    /// <summary>
    /// Passes a webhook on to Mammut's cloud, byte for byte. Any 2xx means that it has it; what it answers is not read. Repeating is for
    /// the caller, and needs no look: Mammut knows a message by its id.
    /// </summary>
    public async Task<FarResult<Done>> Relay(RelayedWebhook webhook, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        using var request = new HttpRequestMessage(HttpMethod.Post, FarUrl.Append(address.BaseUrl(), options.Value.WebhookPath.TrimStart('/')))
        {
            Content = new ByteArrayContent(webhook.Body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", webhook.ContentType ?? "application/json");
        foreach (var (name, value) in Headers(webhook))
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }
        var sent = await far.Send(request, cancellation);
        if (!sent.Succeeded)
            return sent.Failure;
        return sent.Value.IsSuccess ? sent.With(default(Done)) : sent.Value.FailByStatus(Text(sent.Value));
    }

    private IEnumerable<(string Name, string? Value)> Headers(RelayedWebhook webhook)
    {
        yield return ("X-Freshchat-Signature", webhook.Signature);
        yield return ("X-Freshchat-Payload-Version", webhook.PayloadVersion);
        yield return ("X-Mammut-Id", webhook.BotId.ToString(CultureInfo.InvariantCulture));
        yield return ("X-Mammut-Sub-Channel", webhook.SubChannel is { } context ? Ascii(context) : null);
        yield return ("X-Retry-Count", webhook.RetryCount.ToString(CultureInfo.InvariantCulture));
        if (ExtraHeader.Parse(options.Value.ExtraHeader) is { } extra)
            yield return (extra.Name, extra.Value);
    }

    // A percent sign is encoded as well, or whoever decodes would find another name.
    private static string Ascii(string context) =>
        context.All(c => c is >= ' ' and < '\x7f' and not '%') && context.Trim() == context ? context : Uri.EscapeDataString(context);
}

/// <summary>A webhook of Freshchat on its way to Mammut's cloud (mammut.md 7).</summary>
/// <param name="BotId">Mammut's id of the bot.</param>
/// <param name="Body">Exactly the bytes that were signed.</param>
public sealed record RelayedWebhook(long BotId, byte[] Body)
{
    /// <summary>As received; null = <c>application/json</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>As received; null = it is not known any more.</summary>
    public string? Signature { get; init; }

    /// <summary>As received.</summary>
    public string? PayloadVersion { get; init; }

    /// <summary>The context; null = none.</summary>
    public string? SubChannel { get; init; }

    /// <summary>Attempts of ours that failed before this one.</summary>
    public int RetryCount { get; init; }
}
