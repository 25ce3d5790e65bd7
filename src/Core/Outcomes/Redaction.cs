using System.Text.RegularExpressions;

namespace Core.Outcomes;

/// <summary>Takes secrets out of texts that far sides send back, before anything stores or shows them. Pure.</summary>
public static partial class Redaction
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mask = "***";

    /// <summary>Shorter "secrets" would punch holes into ordinary words.</summary>
    private const int ShortestSecret = 6;

    /// <summary>Removes the known secrets, in plain and percent-encoded form, and whatever looks like a bearer value or a JWT.</summary>
    public static string Clean(string text, params ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret is not { Length: >= ShortestSecret })
                continue;
            text = text.Replace(secret, Mask, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(secret), Mask, StringComparison.OrdinalIgnoreCase);
        }
        return Bearer().Replace(Jwt().Replace(text, Mask), "$1" + Mask);
    }

    [GeneratedRegex(@"eyJ[\w-]{5,}(\.[\w-]*){0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Jwt();

    // "bearer" is also an English word: only what looks like a credential behind it is removed.
    [GeneratedRegex(@"(\bbearer(?:\s+|%20|\+))(?=[\w.~+/%=-]*[\d._~+/%=-])[\w.~+/%=-]{6,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();
}
