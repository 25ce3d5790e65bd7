using System.Net;
using System.Net.Http.Json;
using Support;

namespace Portal.Tests.Api;

/// <summary>Sites by script: what no rule knows is listed with its evidence, and gone once it is mapped.</summary>
[Trait("Database", "both")]
public sealed class SitesApiTests
{
    [Fact]
    public async Task Unknown_sites_are_listed_with_their_evidence_until_a_rule_covers_them()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var sandbox = new SandboxControl(portal.Url + "/sandbox");
        var account = await sandbox.AccountAsync();
        var created = await portal.Api.PostAsync(
            "bots",
            new
            {
                name = "freshbot",
                freshchat = new
                {
                    chatUrl = account["chatUrl"],
                    apiToken = account["token"],
                    agentId = account["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!["id"],
                    publicKeys = new[] { account["publicKey"] },
                },
            }
        );
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        var bot = (string)created.Json["id"]!;
        await sandbox.SendWebhooksToAsync((string)created.Json["webhookUrl"]!);

        var conversation = await sandbox.WriteAsync(await sandbox.ArriveAsync("utensilios"), "utensilios", "Hola");
        var unknown = await Eventually.BecomesAsync(
            () => portal.Api.GetAsync($"bots/{bot}/unknown-sites"),
            answer => answer.Text.Contains("utensilios", StringComparison.Ordinal),
            "the site is unknown"
        );
        var site = unknown.Json.AsArray().First(u => (string?)u!["value"] == "utensilios")!;
        Assert.Equal(("userProperty", 1), ((string?)site["source"], (int)site["count"]!));
        Assert.Equal(conversation, (string?)(await portal.Api.GetAsync($"conversations/{(string)site["conversationId"]!}")).Json["freshchatId"]);

        var gone = await portal.Api.SendAsync(HttpMethod.Delete, $"bots/{bot}/unknown-sites/{(long)site["id"]!}", null);
        Assert.Equal(HttpStatusCode.NoContent, gone.Status);
        Assert.DoesNotContain((await portal.Api.GetAsync($"bots/{bot}/unknown-sites")).Json.AsArray(), left => (long)left!["id"]! == (long)site["id"]!);

        var put = await portal.Api.SendAsync(HttpMethod.Put, $"bots/{bot}/sites", new[] { new { siteId = "utensilios", context = "utensilios" } });
        Assert.Equal("any", (string?)put.Json[0]!["source"]);
        Assert.Equal(put.Headers["ETag"], (await portal.Api.GetAsync($"bots/{bot}/sites")).Headers["ETag"]);
        Assert.Empty((await portal.Api.GetAsync($"bots/{bot}/unknown-sites")).Json.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Api.GetAsync($"bots/{Guid.NewGuid()}/unknown-sites")).Status);
    }

    [Fact]
    public async Task Of_two_scripts_that_read_the_same_rules_the_second_overwrites_nothing()
    {
        await using var portal = await RunningPortal.StartAsync();
        var path = $"bots/{(await portal.Api.PostAsync("bots", new { draft = true })).Json["id"]}/sites";
        var read = (await portal.Api.GetAsync(path)).Headers["ETag"];

        var first = await PutAsync(portal, path, "first", read);
        var second = await PutAsync(portal, path, "second", read);

        Assert.Equal((HttpStatusCode.PreconditionFailed, "version_mismatch"), (second.Status, second.Code));
        Assert.Equal("first", (string?)(await portal.Api.GetAsync(path)).Json[0]!["siteId"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync(portal, path, "second", "W/\"1\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(portal, path, "second", first.Headers["ETag"])).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(portal, path, "third", "*")).Status);
    }

    private static async Task<ApiAnswer> PutAsync(RunningPortal portal, string path, string site, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/" + path) { Content = JsonContent.Create(new[] { new { siteId = site, context = site } }) };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        using var response = await portal.Api.Http.SendAsync(request);
        return await ApiAnswer.OfAsync(response);
    }
}
