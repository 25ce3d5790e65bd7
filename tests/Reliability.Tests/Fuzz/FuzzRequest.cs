using System.Globalization;
using System.Text;

namespace Reliability.Tests.Fuzz;

/// <summary>How a body travels.</summary>
internal enum Transport
{
    /// <summary>With its length.</summary>
    Declared,

    /// <summary>In chunks.</summary>
    Chunked,

    /// <summary>Announced longer than it is, then the sender has no more to say.</summary>
    TooShort,

    /// <summary>Cut off in the middle by a sender that goes away.</summary>
    Aborted,

    /// <summary>In chunks that are none.</summary>
    BrokenChunks,

    /// <summary>With a length that is none.</summary>
    BrokenLength,
}

/// <summary>One request as it goes onto the wire.</summary>
internal sealed class FuzzRequest
{
    public required string Path { get; set; }

    public required byte[] Body { get; set; }

    public string? Signature { get; set; }

    public Transport Transport { get; set; }

    /// <summary>Whole lines, Latin-1 on the wire.</summary>
    public List<string> Headers { get; } = ["Content-Type: application/json", "X-Freshchat-Payload-Version: v1", "X-Retry-Count: 0"];

    /// <summary>What was done to it, in words.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>True for what a server must refuse as bad HTTP, or cannot answer at all.</summary>
    public bool IsMalformed =>
        Transport is Transport.TooShort or Transport.Aborted or Transport.BrokenChunks or Transport.BrokenLength
        || Path.Contains("%00", StringComparison.Ordinal)
        || Path.Any(c => c is <= ' ' or > '~')
        || Path.Length > 8_000
        || Headers.Sum(h => h.Length) + (Signature?.Length ?? 0) > 31_000
        || Headers.Any(h => h.Any(c => c > '~' || (c < ' ' && c != '\t')));

    /// <summary>Whether the sender goes on listening after it.</summary>
    public bool EndsSending => Transport is Transport.TooShort;

    public byte[] Bytes(string host, Random random)
    {
        var head = new StringBuilder($"POST {Path} HTTP/1.1\r\nHost: {host}\r\n");
        foreach (var header in Headers)
            head.Append(header).Append("\r\n");
        if (Signature is not null)
            head.Append("X-Freshchat-Signature: ").Append(Signature).Append("\r\n");
        head.Append(
            Transport switch
            {
                Transport.Chunked or Transport.BrokenChunks => "Transfer-Encoding: chunked",
                Transport.TooShort or Transport.Aborted => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length + random.Next(1, 5_000)}"),
                Transport.BrokenLength => "Content-Length: " + ((string[])["-1", "many", "1, 2", "0x10", "99999999999999999999"])[random.Next(5)],
                _ => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}"),
            }
        );
        head.Append("\r\n\r\n");
        var body = Transport switch
        {
            Transport.Chunked => Chunks(random),
            Transport.BrokenChunks => [.. "zz\r\n"u8, .. Body],
            Transport.Aborted => Body[..random.Next(Body.Length + 1)],
            _ => Body,
        };
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private byte[] Chunks(Random random)
    {
        using var chunks = new MemoryStream();
        for (var at = 0; at < Body.Length; )
        {
            var length = Math.Min(Body.Length - at, random.Next(1, Math.Max(2, Body.Length / random.Next(1, 9))));
            chunks.Write(Encoding.ASCII.GetBytes(length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
            chunks.Write(Body, at, length);
            chunks.Write("\r\n"u8);
            at += length;
        }
        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}
