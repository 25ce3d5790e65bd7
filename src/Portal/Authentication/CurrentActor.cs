using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Core.Security;
using Microsoft.AspNetCore.Components.Authorization;

namespace Portal.Authentication;

/// <summary>The person at the other end of the circuit, as use cases know them.</summary>
internal sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    public async Task<Actor> GetAsync() => (await authentication.GetAuthenticationStateAsync()).User.ToActor();

    /// <summary>Tells this person from others, the same at every sign-in, without their name or number at the provider; null = nobody is there.</summary>
    public async Task<string?> MarkAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue("sub") is { } subject
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(..8))
            : null;
}
