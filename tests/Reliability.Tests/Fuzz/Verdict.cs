using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reliability.Tests.Fuzz;

/// <summary>What freshchat.md 9.2 and 9.3 allow as the answer to a request, told without a line of the product.</summary>
internal static partial class Verdict
{
    private const int MostBytes = 1024 * 1024;

    private static readonly Dictionary<int, string[]> Codes = new()
    {
        [400] = ["invalid_json", "app_id_missing", "app_id_mismatch"],
        [401] = ["signature_missing", "signature_malformed", "signature_mismatch"],
        [404] = ["unknown_webhook", "unknown_app"],
        [413] = ["body_too_large"],
        [429] = ["rate_limited"],
    };

    /// <summary>What is wrong with the answer; null = nothing.</summary>
    public static string? On(FuzzRequest request, WireAnswer? answer, Target target)
    {
        if (request.Transport is Transport.Aborted)
            return null;
        if (answer is null)
            return request.IsMalformed ? null : "the connection was closed without an answer";
        if (answer.Status >= 500)
            return $"{answer.Status}";
        var signed = target.IsSigned(request.Body, request.Signature);
        if (answer.Status == 200)
            return signed ? null : "a forgery was accepted";
        if (request.IsMalformed)
            return null;
        var own = request.Path.TrimEnd('/') == target.Address.AbsolutePath;
        var code = Code().Match(answer.Body).Groups[1].Value;
        if (!Codes.TryGetValue(answer.Status, out var codes) || !codes.Contains(code))
            return $"{answer.Status} {code}";
        if (request.Body.Length > MostBytes)
            return answer.Status is 413 or 429 || !own ? null : $"{answer.Status} {code} for too many bytes";
        if (!own || !signed)
            return null;
        var expected = IsObject(request.Body) ? "app_id_mismatch" : "invalid_json";
        return code == expected ? null : $"{answer.Status} {code} for a signed body";
    }

    /// <summary>The keys under which the bytes may be known already (freshchat.md 9.4): their own hash, or the message id.</summary>
    public static string[] Keys(byte[] body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        return MessageId(body) is { } id ? [hash, id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))] : [hash];
    }

    private static string? MessageId(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("data", out var data)
                && data.TryGetProperty("message", out var message)
                && message.TryGetProperty("id", out var id)
                ? id.ValueKind is JsonValueKind.String ? id.GetString() : id.GetRawText()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsObject(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("\"code\":\"([a-z_]+)\"")]
    private static partial Regex Code();
}
