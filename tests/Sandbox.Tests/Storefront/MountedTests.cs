using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Sandbox.Tests.Freshchat;

namespace Sandbox.Tests.Storefront;

/// <summary>Pages, API and webhooks of a sandbox that listens nowhere and lives inside another application.</summary>
public sealed class MountedTests
{
    [Fact]
    public async Task A_mounted_sandbox_serves_its_pages_and_sends_its_webhooks()
    {
        var folder = Directory.CreateTempSubdirectory("mounted");
        var file = Path.Combine(folder.FullName, "sandbox.db");
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Sandbox:StateFile", file)]).Build();
        using var server = new MountedServer();
        await using var sandbox = SandboxApp.Mounted(server, settings, folder.FullName, TimeProvider.System);
        await sandbox.StartAsync();

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        await using var portal = builder.Build();
        portal.Run(server.HandleAsync);
        await portal.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        using var http = new HttpClient { BaseAddress = new(portal.Urls.First()) };

        Assert.Contains("data-testid=\"shop-comida\"", await http.GetStringAsync("/sandbox"), StringComparison.Ordinal);
        Assert.Contains("href=\"/\" data-testid=\"portal\"", await http.GetStringAsync("/sandbox/admin"), StringComparison.Ordinal);
        Assert.Contains("--primary", await http.GetStringAsync("/sandbox/assets/storefront.css"), StringComparison.Ordinal);
        using var webhook = await http.PutAsJsonAsync(
            "/sandbox/control/freshchat/webhook",
            new { url = receiver.Url, enabled = true }
        );
        Assert.Equal(HttpStatusCode.OK, webhook.StatusCode);
        using var arrival = await http.PostAsJsonAsync("/sandbox/control/freshchat/visitors", new { site = "utensilios" });
        var visitorId = (await SandboxProcess.JsonAsync(arrival)).Text("id");
        using var written = await http.PostAsJsonAsync(
            "/sandbox/control/freshchat/messages",
            new
            {
                site = "utensilios",
                visitorId,
                text = "¿Hola?",
            }
        );
        Assert.Equal(HttpStatusCode.OK, written.StatusCode);
        Assert.Equal([".", "¿Hola?"], (await receiver.NextAsync(2)).Select(r => r.Says));

        await portal.StopAsync();
        await sandbox.StopAsync();
        folder.Delete(recursive: true);
    }
}
