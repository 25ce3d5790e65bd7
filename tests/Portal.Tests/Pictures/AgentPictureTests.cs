using System.Net;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Portal.Pictures;
using Support;

namespace Portal.Tests.Pictures;

/// <summary>The picture of an agent, as a browser gets it: from the portal, whoever keeps it.</summary>
public sealed class AgentPictureTests : IAsyncLifetime
{
    private RunningPortal _portal = null!;
    private PlainBrowser _browser = null!;

    private PictureAddress Address => _portal.Services.GetRequiredService<PictureAddress>();

    [Fact]
    public async Task The_one_that_Freshchat_tells_of_is_shown_and_its_address_is_not()
    {
        await _browser.SignInAsync("admin");
        var address = Address.Of(await PictureOfAsync("Bot Mammut"));

        var picture = await _browser.GetAsync(address);

        Assert.Equal((HttpStatusCode.OK, "image/png"), (picture.Status, picture.Headers["Content-Type"]));
        Assert.Equal(("nosniff", "max-age=86400, private"), (picture.Headers["X-Content-Type-Options"], picture.Headers["Cache-Control"]));
        Assert.DoesNotContain("media", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_gets_none_and_is_not_led_to_sign_in()
    {
        var address = Address.Of(await PictureOfAsync("Bot Mammut"));

        var answer = await _portal.Http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(address, Address.Of(await PictureOfAsync("Bot Mammut")));
    }

    [Fact]
    public async Task An_address_that_no_page_has_shown_leads_to_nothing()
    {
        await _browser.SignInAsync("admin");
        var url = await PictureOfAsync("Bot Mammut");
        var elsewhere = new PictureAddress(new EphemeralDataProtectionProvider(), new MemoryCache(new MemoryCacheOptions())).Of(url);

        foreach (var address in (string[])[elsewhere, "/agent-picture", $"/agent-picture?of={Uri.EscapeDataString(url)}", Address.Of(url + ".bak")])
        {
            var answer = await _browser.GetAsync(address);
            Assert.Equal((HttpStatusCode.NotFound, 0), (answer.Status, Encoding.UTF8.GetByteCount(answer.Text)));
        }
    }

    public async ValueTask InitializeAsync()
    {
        _portal = await RunningPortal.StartAsync();
        _browser = new PlainBrowser(_portal.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _portal.DisposeAsync();
    }

    private async Task<string> PictureOfAsync(string agent)
    {
        using var sandbox = new SandboxControl(_portal.Url + "/sandbox");
        var account = await sandbox.AccountAsync();
        var probe = await _portal.Api.PostAsync("probe/freshchat", new { chatUrl = (string)account["chatUrl"]!, apiToken = (string)account["token"]! });
        return (string)probe.Json["agents"]!.AsArray().Single(a => (string?)a!["name"] == agent)!["pictureUrl"]!;
    }
}
