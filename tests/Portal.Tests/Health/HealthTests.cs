using System.Net;
using Portal.Tests.Webhooks;
using Support;

namespace Portal.Tests.Health;

/// <summary>Live and ready, and what Freshchat is told while the database is away.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_portal_without_its_database_lives_is_not_ready_and_lets_Freshchat_retry()
    {
        await using var portal = await ConnectedPortal.StartAsync(new Dictionary<string, string?>());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "/health/ready"));
        var body = portal.CustomerMessage(out var conversation);
        var signature = portal.FarSides.Freshchat.Key.Sign(body);

        var back = TakeDatabaseAway(portal.Portal.Folder);
        foreach (var url in (string[])[portal.WebhookUrl, portal.SharedWebhookUrl])
        {
            var answer = await portal.PostAsync(url, body, signature);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (answer.Status, answer.Code));
            Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(portal, "/health/ready"));

        back();
        Assert.Equal(HttpStatusCode.OK, await portal.SendAsync(body));
        Assert.Equal("handled", (string?)(await portal.SettledAsync(conversation, 1))["status"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "/health/ready"));
    }

    // A folder in the file's place is a database that cannot be opened.
    private static Action TakeDatabaseAway(TemporaryFolder folder)
    {
        folder.CloseDatabases();
        foreach (var file in Directory.GetFiles(folder.Path, "portal.db*"))
            File.Move(file, folder.File("away-" + Path.GetFileName(file)));
        Directory.CreateDirectory(folder.File("portal.db"));
        return () =>
        {
            Directory.Delete(folder.File("portal.db"));
            foreach (var file in Directory.GetFiles(folder.Path, "away-*"))
                File.Move(file, folder.File(Path.GetFileName(file)["away-".Length..]));
        };
    }

    private static async Task<HttpStatusCode> StatusAsync(ConnectedPortal portal, string url)
    {
        using var response = await portal.Portal.Http.GetAsync(url);
        return response.StatusCode;
    }
}
