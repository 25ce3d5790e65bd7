using System.Buffers;
using System.IO.Pipelines;

namespace Portal.Webhooks;

/// <summary>Reads a body up to the limit, once, into the one array that is verified, read and stored.</summary>
internal static class WebhookBody
{
    /// <summary>1 MiB (docs/contracts/freshchat.md 9.2).</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The body; null when it is larger than <see cref="MostBytes"/>, declared or counted while reading.</summary>
    public static ValueTask<byte[]?> ReadAsync(HttpRequest request) =>
        request.ContentLength switch
        {
            > MostBytes => new((byte[]?)null),
            { } declared => ReadDeclaredAsync(request.BodyReader, (int)declared, request.HttpContext.RequestAborted),
            null => ReadCountedAsync(request.BodyReader, request.HttpContext.RequestAborted),
        };

    // The server ends a body at its declared length and refuses one that ends before. What was only announced costs no memory yet.
    private static async ValueTask<byte[]?> ReadDeclaredAsync(PipeReader reader, int length, CancellationToken cancel)
    {
        byte[]? body = null;
        var filled = 0;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            body ??= GC.AllocateUninitializedArray<byte>(length);
            read.Buffer.CopyTo(body.AsSpan(filled));
            filled += (int)read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (filled == length)
                return body;
            if (read.IsCompleted)
                throw new BadHttpRequestException("The body is shorter than its declared length.");
        }
    }

    // Without a length the server's own buffers hold it until its end is known.
    private static async ValueTask<byte[]?> ReadCountedAsync(PipeReader reader, CancellationToken cancel)
    {
        while (true)
        {
            // The server's own limit is far higher, so counting here is what answers 413 instead of an exception.
            var read = await reader.ReadAsync(cancel);
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
