using System.Security.Claims;
using Bunit;
using Core.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Authentication;
using Portal.Components.Layout;
using Portal.Tests.Components;

namespace Portal.Tests.Authentication;

/// <summary>A page that is open when a session ends takes no more orders, shows nothing new, and loses nothing that was typed.</summary>
public sealed class CircuitSessionTests : PageContext
{
    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(10);

    private readonly SignedOutSessions _signedOut;
    private readonly CircuitSession _circuit;
    private int _ended;

    public CircuitSessionTests()
    {
        _signedOut = new(Clock);
        _circuit = new(_signedOut, Clock);
        _circuit.Ended += () => _ended++;
        Services.AddSingleton(_circuit);
    }

    [Fact]
    public async Task The_role_ends_with_the_ticket_and_the_router_is_not_told()
    {
        _circuit.SetAuthenticationState(SignedIn());
        var told = 0;
        _circuit.AuthenticationStateChanged += _ => told++;
        Clock.Advance(WorkingDay - TimeSpan.FromSeconds(1));
        Assert.Equal((Role.Admin, 0), (await RoleAsync(), _ended));

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((null, 1, 0), (await RoleAsync(), _ended, told));
    }

    [Fact]
    public async Task Nothing_that_comes_afterwards_reaches_a_page()
    {
        _circuit.SetAuthenticationState(SignedIn());
        var reached = 0;
        var guard = new CircuitGuard(_circuit).CreateInboundActivityHandler(_ =>
        {
            reached++;
            return Task.CompletedTask;
        });
        await guard(null!);
        Assert.Equal(1, reached);

        Clock.Advance(WorkingDay);
        await guard(null!);

        Assert.Equal((1, 1), (reached, _ended));
    }

    [Fact]
    public async Task Signing_out_in_another_tab_ends_the_pages_of_that_session_and_no_others()
    {
        var mine = SignedIn();
        _circuit.SetAuthenticationState(mine);
        _signedOut.Add(PortalSession.Of((await SignedIn()).User)!);
        Assert.Equal(Role.Admin, await RoleAsync());

        _signedOut.Add(PortalSession.Of((await mine).User)!);

        Assert.Equal((null, 1), (await RoleAsync(), _ended));
        using var reopened = new CircuitSession(_signedOut, Clock);
        reopened.SetAuthenticationState(mine);
        Assert.True(reopened.HasEnded);
    }

    [Fact]
    public async Task A_line_that_comes_back_with_the_same_ticket_goes_on_and_with_another_or_none_does_not()
    {
        var mine = SignedIn();
        _circuit.SetAuthenticationState(mine);
        _circuit.SetAuthenticationState(mine);
        Assert.Equal((Role.Admin, 0), (await RoleAsync(), _ended));

        _circuit.SetAuthenticationState(SignedIn(Role.Viewer));

        Assert.Equal((null, 1), (await RoleAsync(), _ended));
        using var other = new CircuitSession(_signedOut, Clock);
        other.SetAuthenticationState(mine);
        other.SetAuthenticationState(Task.FromResult(new AuthenticationState(new(new ClaimsIdentity()))));
        Assert.True(other.HasEnded);
    }

    [Fact]
    public void Whoever_came_without_a_session_has_none_that_could_end()
    {
        _circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(new(new ClaimsIdentity()))));

        Clock.Advance(WorkingDay);

        Assert.Equal((false, 0), (_circuit.HasEnded, _ended));
    }

    [Fact]
    public async Task The_mark_of_a_reader_is_the_same_at_every_sign_in_and_another_for_everybody_else()
    {
        var ana = await MarkAsync("sub-of-ana");

        Assert.Equal(ana, await MarkAsync("sub-of-ana", Role.Viewer));
        Assert.NotEqual(ana, await MarkAsync("sub-of-luis"));
        Assert.DoesNotContain("ana", ana, StringComparison.OrdinalIgnoreCase);
        Assert.Null(await new CurrentActor(_circuit).MarkAsync());
    }

    [Fact]
    public void What_the_provider_calls_by_our_names_begins_no_session()
    {
        var identity = new ClaimsIdentity([new("portal_session", "theirs"), new("portal_session_until", "9999-12-31T00:00:00Z")], "test");

        PortalSession.Begin(identity, Clock.GetUtcNow());

        var session = PortalSession.Of(new(identity))!;
        Assert.NotEqual("theirs", session.Id);
        Assert.Equal(Clock.GetUtcNow(), session.Until);
    }

    [Theory]
    [InlineData("en", "Your session has ended", "Sign in again")]
    [InlineData("es", "Su sesión ha terminado", "Iniciar sesión de nuevo")]
    public void The_page_says_so_and_offers_to_sign_in_again(string language, string title, string button)
    {
        Read(language);
        _circuit.SetAuthenticationState(SignedIn());
        var notice = Render<SessionEnded>();
        Assert.Empty(notice.FindAll("dialog"));

        Clock.Advance(WorkingDay);

        notice.WaitForAssertion(() => Assert.Equal(title, notice.Find("h2").TextContent));
        Assert.Equal((button, "reload"), (notice.Find("button").TextContent, notice.Find("button").GetAttribute("data-reconnect")));
    }

    protected override void Dispose(bool disposing)
    {
        _circuit.Dispose();
        base.Dispose(disposing);
    }

    private Task<AuthenticationState> SignedIn(Role role = Role.Admin, string subject = "sub-of-ana")
    {
        var identity = new ClaimsIdentity([new("sub", subject), new("name", "Ana"), new(PortalRole.Claim, role.ToString())], "test");
        PortalSession.Begin(identity, Clock.GetUtcNow() + WorkingDay);
        return Task.FromResult(new AuthenticationState(new(identity)));
    }

    private async Task<string?> MarkAsync(string subject, Role role = Role.Admin)
    {
        using var circuit = new CircuitSession(_signedOut, Clock);
        circuit.SetAuthenticationState(SignedIn(role, subject));
        return await new CurrentActor(circuit).MarkAsync();
    }

    private async Task<Role?> RoleAsync() => (await new CurrentActor(_circuit).GetAsync()).Role;
}
