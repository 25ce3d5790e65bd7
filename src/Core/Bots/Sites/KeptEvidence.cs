using System.Text.Json;
using System.Text.Json.Serialization;

namespace Core.Bots.Sites;

/// <summary>
/// What was known about the site of a turn when its context was chosen, as it is kept with the turn. Of the user's reference only what
/// may name a site is kept: the rest is personal.
/// </summary>
/// <param name="UserProperties">Values of the site properties, in order.</param>
/// <param name="Topic">Channel id of the message.</param>
/// <param name="ReferencePrefix">What stands before the colon; empty = there was a reference without one; null = there was none.</param>
/// <param name="User">Whether the user could be read.</param>
/// <param name="Rules">Fingerprint of the rules of that time (<see cref="SiteRules.Fingerprint"/>).</param>
public sealed record KeptEvidence(IReadOnlyList<string> UserProperties, string? Topic, string? ReferencePrefix, UserRead User, string Rules)
{
    // One more than a rule may hold: what was cut equals no rule.
    private const int Longest = 201;
    private const int MostProperties = 10;

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Keeps what the rules looked at.</summary>
    public static KeptEvidence Of(SiteEvidence evidence, UserRead user, string rules)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var colon = evidence.ReferenceId?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return new(
            [.. evidence.UserProperties.Take(MostProperties).Select(Cut)],
            evidence.Topic is { } topic ? Cut(topic) : null,
            evidence.ReferenceId is { } reference ? Cut(colon > 0 ? reference[..colon] : "") : null,
            user,
            rules
        );
    }

    /// <summary>The evidence as the rules see it.</summary>
    public SiteEvidence AsEvidence() => new(UserProperties, Topic, ReferencePrefix is { Length: > 0 } prefix ? prefix + ":" : null);

    /// <summary>The form that is stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, Wire);

    /// <summary>Reads the stored form; null when nothing was kept.</summary>
    public static KeptEvidence? Read(string? stored)
    {
        try
        {
            return stored is null ? null : JsonSerializer.Deserialize<KeptEvidence>(stored, Wire) is { UserProperties: not null } kept ? kept : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Cut(string value)
    {
        var trimmed = value.Trim();
        return trimmed.Length <= Longest ? trimmed : trimmed[..Longest];
    }
}

/// <summary>Whether the customer's user object could be read for a turn.</summary>
public enum UserRead
{
    /// <summary>It was read.</summary>
    Read,

    /// <summary>Freshchat did not give it: it counted as no value (freshchat.md 13).</summary>
    Failed,

    /// <summary>The messages named no user.</summary>
    Unnamed,
}
