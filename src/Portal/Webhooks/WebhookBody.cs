using System.Buffers;

namespace Portal.Webhooks;

/// <summary>Reads a body up to the limit, once, into the bytes that are verified, parsed and stored.</summary>
internal static class WebhookBody
{
    /// <summary>1 MiB (docs/contracts/freshchat.md 9.2).</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The body; null when it is larger than <see cref="MostBytes"/>, declared or counted while reading.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes)
            return null;
        var reader = request.BodyReader;
        while (true)
        {
            // The server's own limit is far higher, so counting here is what answers 413 instead of an exception.
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > MostBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
