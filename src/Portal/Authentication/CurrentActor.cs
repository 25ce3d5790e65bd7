using Core.Security;
using Microsoft.AspNetCore.Components.Authorization;

namespace Portal.Authentication;

/// <summary>The person at the other end of the circuit, as use cases know them.</summary>
internal sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    public async Task<Actor> GetAsync() => (await authentication.GetAuthenticationStateAsync()).User.ToActor();
}
