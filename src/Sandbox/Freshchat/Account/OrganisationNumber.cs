using System.Globalization;
using System.Security.Cryptography;

namespace Sandbox.Freshchat.Account;

/// <summary>Numbers as the suite around Freshchat gives them to agents and customers: 19 digits, sent as text.</summary>
internal static class OrganisationNumber
{
    /// <summary>A new number.</summary>
    public static string Next() =>
        "2091736"
        + RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture)
        + RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
}
