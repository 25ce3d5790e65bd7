using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Portal.Authentication;

/// <summary>
/// Who is at the other end of a circuit, while their session lasts. It ends with its ticket (docs/contracts/portal.md 2), when its person signs
/// out in another tab, and when the line comes back with another ticket or none. From then on nobody is there: <see cref="CircuitGuard"/>
/// drops whatever comes, and the page that is open stays as it is drawn, so that what was typed on it can be kept.
/// </summary>
internal sealed class CircuitSession(SignedOutSessions signedOut, TimeProvider clock) : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider, IDisposable
{
    private static readonly Task<AuthenticationState> Nobody = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    private Task<AuthenticationState> _state = Nobody;
    private PortalSession? _session;
    private ITimer? _end;
    private int _ended;

    /// <summary>Raised once, on any thread.</summary>
    public event Action? Ended;

    /// <summary>Whether there was a session that has ended.</summary>
    public bool HasEnded => _ended == 1 || _session?.Until <= clock.GetUtcNow();

    /// <inheritdoc />
    public override Task<AuthenticationState> GetAuthenticationStateAsync() => HasEnded ? Nobody : _state;

    /// <summary>Hears who opened the circuit, and who comes back to it after the line was broken.</summary>
    public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        // The host says so when it knows it.
        var session = PortalSession.Of(authenticationStateTask.GetAwaiter().GetResult().User);
        if (_session is not null)
        {
            // Another sign-in may be another person, or the same one with another role.
            if (session?.Id != _session.Id)
                End();
            return;
        }
        (_state, _session) = (authenticationStateTask, session);
        if (session is not null)
            Follow(session);
        NotifyAuthenticationStateChanged(_state);
    }

    /// <summary>Ends the session; pages are told, and the router is not: it would draw another page over what was typed.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            Ended?.Invoke();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        signedOut.SignedOut -= OnSignedOut;
        _end?.Dispose();
    }

    private void Follow(PortalSession session)
    {
        signedOut.SignedOut += OnSignedOut;
        if (signedOut.Contains(session))
            End();
        var left = session.Until - clock.GetUtcNow();
        _end = clock.CreateTimer(_ => End(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void OnSignedOut(string session)
    {
        if (session == _session?.Id)
            End();
    }
}
