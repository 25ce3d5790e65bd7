using Support;

namespace Reliability.Tests.Fuzz;

/// <summary>Everything around the body: address, headers, signature, transport.</summary>
internal static class Envelopes
{
    private static readonly SigningKey Stranger = new();

    private static readonly string[] RetryCounts = ["-1", "2147483647", "2147483648", "99999999999999999999", "1e3", "", " 7 ", "0x10", "1,2", "٣"];
    private static readonly string[] Types =
    [
        "application/json; charset=utf-16", "application/json;charset=nonsense", "text/plain", "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded", "", "nonsense", "application/json; charset=\"",
    ];

    public static string Address(Target target, Random random)
    {
        var own = target.Address.AbsolutePath;
        var shared = own[..own.LastIndexOf('/')];
        var id = own[(own.LastIndexOf('/') + 1)..];
        string[] odd =
        [
            own + "/", shared, shared + "/", shared, shared + "/", own + "?a=b", shared + "?webhookId=" + id, $"{shared}/%{(int)id[0]:x2}{id[1..]}", $"{shared}/{id.ToUpperInvariant()}",
            $"{shared}/{id[..^1]}", $"{shared}/{id}%00", $"{shared}/{id}%20", $"{shared}/%2e%2e/freshchat/{id}", $"{shared}/../freshchat/{id}", $"{shared}//{id}",
            $"{shared}/%ff%fe", $"{shared}/%ed%a0%80", $"{shared}/{id}%2F", $"{shared}/{id}/more", $"{shared}/%C3%B1%F0%9F%8D%B3", $"{shared}/{new string('w', random.Next(9_000))}",
            $"{shared}/%", $"{shared}/%zz", $"{shared}/'%20or%201=1--", $"{shared}/{{0}}", $"{shared}/\u00F1", $"{shared}/%E2%80%AE{id}",
        ];
        return odd[random.Next(odd.Length)];
    }

    public static void Headers(FuzzRequest request, Random random)
    {
        var headers = request.Headers;
        switch (random.Next(9))
        {
            case 0:
                headers.RemoveAt(random.Next(headers.Count));
                break;
            case 1:
                headers.Add(headers[random.Next(headers.Count)]);
                break;
            case 2:
            case 3:
                headers.RemoveAll(h => h.StartsWith("X-Retry-Count", StringComparison.Ordinal));
                headers.Add("X-Retry-Count: " + RetryCounts[random.Next(RetryCounts.Length)]);
                break;
            case 4:
                headers[0] = "Content-Type: " + Types[random.Next(Types.Length)];
                break;
            case 5:
                headers.Add("X-Freshchat-Payload-Version: " + new string('v', random.Next(20_000)));
                break;
            case 6:
                headers.Add("X-Oddity: " + ((string[])["\u00F1", "\u00C3\u00B1", "\u0001", "\u007F", "\t"])[random.Next(5)]);
                break;
            case 7:
                headers.Add($"X-Huge: {new string('x', random.Next(40_000))}");
                break;
            default:
                headers.Add(((string[])["Expect: 100-continue", "Content-Encoding: gzip", "Accept: text/html", "X-HTTP-Method-Override: GET", "Traceparent: 00-nonsense", "Origin: https://elsewhere.example"])[random.Next(6)]);
                break;
        }
    }

    /// <summary>Every second one is valid.</summary>
    public static string? Signature(Target target, byte[] body, Random random)
    {
        if (random.Next(2) == 0)
            return target.Sign(body, random.Next(2) == 0);
        var noise = new byte[256];
        random.NextBytes(noise);
        switch (random.Next(12))
        {
            case 0:
                return null;
            case 1:
                return "";
            case 2:
                return "not base64!";
            case 3:
                return Convert.ToBase64String(noise);
            case 4:
                lock (Stranger)
                    return Stranger.Sign(body);
            case 5:
                return target.Sign([.. body, (byte)' '], false);
            case 6:
                return target.Sign(body, false)[..random.Next(340)];
            case 7:
                return $"  {target.Sign(body, false)}\t";
            case 8:
                return target.Sign(body, false).Insert(random.Next(340), " ");
            case 9:
                return new string('A', random.Next(10_000));
            case 10:
                var changed = Convert.FromBase64String(target.Sign(body, false));
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                return Convert.ToBase64String(changed);
            default:
                var valid = target.Sign(body, false);
                return $"{valid}, {valid}";
        }
    }

    public static Transport Transport(Random random) =>
        random.Next(10) switch
        {
            0 => Fuzz.Transport.TooShort,
            1 => Fuzz.Transport.Aborted,
            2 => Fuzz.Transport.BrokenChunks,
            3 => Fuzz.Transport.BrokenLength,
            _ => Fuzz.Transport.Chunked,
        };
}
