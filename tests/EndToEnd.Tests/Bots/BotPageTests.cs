using Microsoft.Playwright;

namespace EndToEnd.Tests.Bots;

/// <summary>What an admin does on the page of a bot that is connected, while others change things too.</summary>
public sealed class BotPageTests
{
    [Fact]
    public async Task Drift_is_found_and_settled_either_way()
    {
        await using var desk = await BotDesk.StartAsync();
        await desk.ChangeInMammutAsync("name", "somebody's bot");
        await desk.ChangeInMammutAsync("freshchat-group-name", "Pedidos");

        await desk.ClickAsync("check-now");
        await Assertions.Expect(desk.Find("[data-testid=difference]")).ToHaveCountAsync(2);
        await Assertions.Expect(desk.Find("[data-testid=difference][data-field=groupName]")).ToContainTextAsync("Pedidos");
        await desk.PictureAsync("bot-drift");
        await desk.Find("[data-testid=difference][data-field=groupName] [data-testid=adopt]").ClickAsync();
        await Assertions.Expect(desk.Find("[data-testid=difference]")).ToHaveCountAsync(1);
        await desk.ClickAsync("apply-again");
        await Assertions.Expect(desk.Find("[data-testid=difference]")).ToHaveCountAsync(0);
        await desk.SeeAsync("drift-settled");

        var bot = await desk.ApiAsync(HttpMethod.Post, $"bots/{desk.Bot["id"]}/check");
        Assert.Equal(("Pedidos", "freshbot"), ((string?)bot["freshchat"]!["groupName"], (string?)bot["name"]));
        Assert.Empty(bot["differences"]!.AsArray());
    }

    [Fact]
    public async Task A_group_that_was_renamed_in_Freshchat_is_adopted()
    {
        await using var desk = await BotDesk.StartAsync("es");
        await desk.FreshchatAsync(HttpMethod.Put, $"groups/{desk.Bot["freshchat"]!["groupId"]}", new { name = "Equipo de apoyo" });

        await desk.ClickAsync("check-now");
        await desk.Find("[data-testid=difference][data-side=freshchat] [data-testid=adopt]").ClickAsync();
        await desk.SeeAsync("drift-settled");

        Assert.Equal("Equipo de apoyo", (string?)(await desk.ApiAsync(HttpMethod.Get, $"bots/{desk.Bot["id"]}"))["freshchat"]!["groupName"]);
    }

    [Fact]
    public async Task Two_admins_change_the_same_and_the_second_chooses()
    {
        await using var desk = await BotDesk.StartAsync();
        await desk.GoAsync("settings");
        await Assertions.Expect(desk.Find("[data-testid=account-state]")).ToHaveAttributeAsync("data-state", "known");
        await desk.FillAsync("edit-name", "my name for it");
        await desk.FillAsync("edit-locale", "es");
        await Assertions.Expect(desk.Find("[data-testid=sent][data-property=name]")).ToContainTextAsync("my name for it");

        await desk.ApiAsync(HttpMethod.Patch, $"bots/{desk.Bot["id"]}", new { name = "their name for it", defaultContext = "comida" });
        await desk.SeeAsync("conflict");
        await Assertions.Expect(desk.Find("[data-testid=conflict-field]")).ToHaveCountAsync(1);
        await Assertions.Expect(desk.Page.GetByTestId("settings-save")).ToBeDisabledAsync();
        await desk.PictureAsync("bot-conflict");
        await desk.ClickAsync("tab-overview");
        await desk.ClickAsync("cancel");
        await desk.ClickAsync("choose-theirs");
        await desk.ClickAsync("choose-mine");
        await desk.Page.GetByTestId("edit-locale").PressAsync("Enter");
        await Assertions.Expect(desk.Page.GetByTestId("settings-saved")).Not.ToBeEmptyAsync();
        await Assertions.Expect(desk.Page.GetByTestId("edit-locale")).ToBeFocusedAsync();

        var bot = await desk.ApiAsync(HttpMethod.Get, $"bots/{desk.Bot["id"]}");
        Assert.Equal(("my name for it", "es", "comida"), ((string?)bot["name"], (string?)bot["locale"], (string?)bot["defaultContext"]));
        await desk.GoAsync("activity");
        await Assertions.Expect(desk.Find("[data-testid=activity][data-what=changed]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_token_that_Freshchat_replaced_is_replaced_here_and_whoever_waited_is_answered()
    {
        await using var desk = await BotDesk.StartAsync();
        var token = (string)(await desk.FreshchatAsync(HttpMethod.Post, "token", new { }))["token"]!;
        var visitor = (string)(await desk.FreshchatAsync(HttpMethod.Post, "visitors", new { site = "comida" }))["id"]!;
        await desk.FreshchatAsync(HttpMethod.Post, "messages", new { visitorId = visitor, site = "comida", text = "¿Qué me recomienda?" });

        await desk.SeeAsync("token-alarm");
        await Assertions.Expect(desk.Page.GetByTestId("token-alarm")).ToContainTextAsync("1");
        await desk.PictureAsync("bot-token-alarm");
        await desk.ClickAsync("alarm-replace");
        await desk.FillAsync("new-token", "not-the-token");
        await desk.ClickAsync("replace-token");
        await desk.ClickAsync("confirm");
        await Assertions.Expect(desk.Find("[data-testid=token-step][data-step=verify]")).ToHaveAttributeAsync("data-state", "failed");
        // It was disabled while it worked.
        await Assertions.Expect(desk.Page.GetByTestId("replace-token")).ToBeFocusedAsync();
        await desk.FillAsync("new-token", token);
        await desk.ClickAsync("replace-token");
        await desk.ClickAsync("confirm");
        await Assertions.Expect(desk.Find("[data-testid=token-step][data-step=drain]")).ToHaveAttributeAsync("data-state", "done");
        await desk.PictureAsync("bot-token-replaced");
        await Assertions.Expect(desk.Page.GetByTestId("token-alarm")).ToHaveCountAsync(0);

        var chat = (await desk.FreshchatAsync(HttpMethod.Get, $"visitors/{visitor}/chat"))["messages"]!.AsArray();
        Assert.Single(chat, message => (string?)message!["from"] == "bot");
    }
}
