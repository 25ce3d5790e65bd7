using System.Net;
using Portal.Tests.Webhooks;
using Support;

namespace Portal.Tests.Api;

/// <summary><c>POST /api/v1/deliveries/{id}/replay</c> (docs/contracts/portal.md 3).</summary>
[Trait("Database", "both")]
public sealed class ReplayTests(ConnectedPortal portal) : IClassFixture<ConnectedPortal>
{
    [Fact]
    public async Task What_was_given_up_is_tried_again_and_nothing_else_is()
    {
        var refuses = true;
        portal.FarSides.Instead = r =>
            refuses && r.Method == "PUT" && r.Path.Contains("/conversations/", StringComparison.Ordinal) ? FarReply.Example(403, "error-403.json") : null;
        var body = portal.CustomerMessage(out var conversation, MammutStandIn.Riddle);
        Assert.Equal(HttpStatusCode.OK, await portal.SendAsync(body));
        var dead = await portal.SettledAsync(conversation, 1);
        Assert.Equal(("dead", "hand_over_failed"), ((string)dead["status"]!, (string)dead["reason"]!));
        Assert.Equal(("failed", "dead_letters", 1), await HealthAsync());
        Assert.True((bool)(await portal.Portal.Api.GetAsync($"deliveries/{dead["id"]}")).Json["mayReplay"]!);
        refuses = false;

        var replayed = await portal.Portal.Api.PostAsync($"deliveries/{dead["id"]}/replay");
        Assert.True(replayed.Status == HttpStatusCode.OK, replayed.Text);
        var settled = await portal.SettledAsync(conversation, 1);

        Assert.Equal(("handled", "does_not_know"), ((string)settled["status"]!, (string)settled["reason"]!));
        Assert.Equal(portal.FarSides.Freshchat.Group, portal.FarSides.Freshchat.GroupOf(conversation));
        Assert.Equal([MammutStandIn.Riddle], portal.FarSides.Mammut.Said(conversation));
        var again = await portal.Portal.Api.PostAsync($"deliveries/{dead["id"]}/replay");
        Assert.Equal((HttpStatusCode.Conflict, "not_dead"), (again.Status, again.Code));
        var nobodys = await portal.Portal.Api.PostAsync("deliveries/471100/replay");
        Assert.Equal((HttpStatusCode.NotFound, "delivery_not_found"), (nobodys.Status, nobodys.Code));
    }

    private async Task<(string?, string?, int?)> HealthAsync()
    {
        var bot = await portal.Portal.Api.GetAsync($"bots/{portal.Bot["id"]}");
        var check = bot.Json["health"]!.AsArray().Single(c => (string?)c!["check"] == "dead_letters")!;
        return ((string?)check["state"], (string?)check["code"], (int?)check["count"]);
    }
}
