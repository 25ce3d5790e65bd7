using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Memory;

namespace Portal.Pictures;

/// <summary>
/// The portal's own address of a picture that lies elsewhere. The other address is sealed in it, so that the portal asks for nothing but what
/// a page of its own has shown.
/// </summary>
internal sealed class PictureAddress(IDataProtectionProvider protection, IMemoryCache known)
{
    private static readonly TimeSpan Good = TimeSpan.FromDays(1);

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("agent-picture").ToTimeLimitedDataProtector();

    /// <summary>The portal's address of a picture, good for half a day at least. It stays the same meanwhile, so that a browser need not ask again.</summary>
    public string Of(string url) =>
        known.GetOrCreate(
            (nameof(PictureAddress), url),
            entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = Good / 2;
                return QueryHelpers.AddQueryString(PortalUrls.AgentPicture, "of", _seal.Protect(url, Good));
            }
        )!;

    /// <summary>The address that was sealed; null when it was not sealed here, or too long ago.</summary>
    public string? Open(string? sealedUrl)
    {
        try
        {
            return string.IsNullOrEmpty(sealedUrl) ? null : _seal.Unprotect(sealedUrl);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
