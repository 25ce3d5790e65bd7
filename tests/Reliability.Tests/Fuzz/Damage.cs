using System.Text;

namespace Reliability.Tests.Fuzz;

/// <summary>Changes bytes, whatever they say.</summary>
internal static class Damage
{
    private const int MostBytes = 1024 * 1024;

    private static readonly Func<byte[], Random, byte[]>[] All =
    [
        Flip, Flip, Flip, Cut, Insert, Drop, (b, _) => [0xEF, 0xBB, 0xBF, .. b], (b, _) => [.. b, .. b], (b, _) => [.. "  \r\n"u8, .. b, .. "\n\t "u8],
        (b, _) => [.. b, 0], (b, _) => Recode(b, Encoding.Unicode), (b, _) => Recode(b, Encoding.BigEndianUnicode), (b, _) => Recode(b, Encoding.Latin1),
        (b, _) => Recode(b, Encoding.UTF32), (b, _) => [.. b, .. "{}"u8], (_, _) => [], (_, r) => Noise(r),
    ];

    /// <summary>One change.</summary>
    public static byte[] Do(byte[] body, Random random) => random.Next(30) == 0 ? Fill(body, random) : All[random.Next(All.Length)](body, random);

    private static byte[] Flip(byte[] body, Random random)
    {
        var flipped = body.ToArray();
        for (var times = random.Next(1, 5); times > 0 && flipped.Length > 0; times--)
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] Cut(byte[] body, Random random) => body[..random.Next(body.Length + 1)];

    private static byte[] Insert(byte[] body, Random random)
    {
        var at = random.Next(body.Length + 1);
        byte[][] pieces = [[0], [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80], [(byte)'"'], [(byte)'\\'], [(byte)'{'], [(byte)']'], Noise(random)];
        return [.. body[..at], .. pieces[random.Next(pieces.Length)], .. body[at..]];
    }

    private static byte[] Drop(byte[] body, Random random)
    {
        var from = random.Next(body.Length + 1);
        return [.. body[..from], .. body[random.Next(from, body.Length + 1)..]];
    }

    private static byte[] Recode(byte[] body, Encoding encoding) => Encoding.Convert(Encoding.UTF8, encoding, body);

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        return noise;
    }

    // Blanks around the largest body that is taken.
    private static byte[] Fill(byte[] body, Random random)
    {
        var filled = new byte[Math.Max(body.Length, MostBytes + random.Next(-2, 3))];
        filled.AsSpan().Fill((byte)' ');
        body.CopyTo(filled, 0);
        return filled;
    }
}
