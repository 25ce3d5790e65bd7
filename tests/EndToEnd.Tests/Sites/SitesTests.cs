using System.Text;
using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Sites;

/// <summary>What an admin does about sites, with the sandbox behind: an unknown one is mapped, a list is imported, contexts are compared.</summary>
public sealed class SitesTests(ConnectedShop shop) : IClassFixture<ConnectedShop>
{
    private const string Question = "¿Qué me recomienda?";

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task An_unknown_site_is_mapped_and_its_customer_gets_the_right_answer(string language)
    {
        await shop.StartAfreshAsync();
        var visitor = await shop.Sandbox.ArriveAsync("utensilios");
        var conversation = await shop.Sandbox.WriteAsync(visitor, "utensilios", "Hola");
        await shop.BotSaysAsync(visitor, 1);
        var admin = await shop.LookAsync(language);
        var unknown = admin.Portal.Locator("[data-testid=unknown-site][data-value=utensilios]").First;
        await Assertions.Expect(unknown).ToBeVisibleAsync();
        await admin.PictureAsync("sites-unknown");

        await unknown.GetByTestId("map-context").FillAsync("utensilios");
        await unknown.GetByTestId("map-site").ClickAsync();

        await Assertions.Expect(admin.Portal.GetByTestId("site-rule")).ToHaveCountAsync(2);
        await Assertions.Expect(admin.Portal.GetByTestId("mapped")).ToContainTextAsync("utensilios");
        await shop.Sandbox.WriteAsync(visitor, "utensilios", Question);
        Assert.Equal("Le recomiendo nuestra sartén de hierro fundido de 28 cm.", await shop.BotSaysAsync(visitor, 2));

        var id = (string)(await shop.Api.GetAsync($"conversations?freshchatId={conversation}")).Json["items"]![0]!["id"]!;
        await admin.Portal.GotoAsync($"/conversations/{id}");
        await admin.Portal.GetByTestId("why").First.Locator("summary").ClickAsync();
        await Assertions.Expect(admin.Portal.GetByTestId("why-then").First).ToContainTextAsync("utensilios");
        await Assertions.Expect(admin.Portal.Locator("[data-testid=why-rule][data-outcome=matched]").First).ToBeVisibleAsync();
        await admin.PictureAsync("sites-why");
    }

    [Theory]
    [InlineData("es", "Fuente;Sitio;Contexto\r\nTema;t-1;cocina\r\nAllí;x;y\r\n;;z\r\nCualquiera;utensilios;cocina\r\n", "3 csv_source_unknown, 4 site_id_required")]
    [InlineData("en", "source,siteId,context\ntopic,t-1,kitchen\nany,x,\nany,utensilios,kitchen\nany,utensilios,other\n", "3 site_context_required, 5 csv_rule_twice")]
    public async Task A_list_with_faults_is_shown_line_by_line_and_the_good_lines_are_taken(string language, string file, string faults)
    {
        await shop.StartAfreshAsync();
        var admin = await shop.LookAsync(language);

        await admin.ClickAsync("sites-import");
        await admin.Portal.GetByTestId("import-file").SetInputFilesAsync(new FilePayload { Name = "sites.csv", MimeType = "text/csv", Buffer = Encoding.Latin1.GetBytes(file) });
        await Assertions.Expect(admin.Portal.GetByTestId("import-row")).ToHaveCountAsync(2);
        var told = await admin.Portal.GetByTestId("import-fault").EvaluateAllAsync<string[]>("all => all.map(f => f.dataset.line + ' ' + f.dataset.code)");
        Assert.Equal(faults, string.Join(", ", told));
        await admin.PictureAsync("sites-import");
        await admin.ClickAsync("import-take");
        await Assertions.Expect(admin.Portal.GetByTestId("site-rule")).ToHaveCountAsync(3);
        Assert.Single((await shop.Api.GetAsync($"bots/{shop.Bot}/sites")).Json.AsArray());
        await admin.ClickAsync("sites-save");

        await Eventually.BecomesAsync(async () => (await shop.Api.GetAsync($"bots/{shop.Bot}/sites")).Json.AsArray().Count, count => count == 3, "the rules are saved");
        var download = await admin.Portal.RunAndWaitForDownloadAsync(() => admin.ClickAsync("sites-export"));
        Assert.Equal("freshbot.csv", download.SuggestedFilename);
        Assert.Contains("t-1", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task One_question_is_answered_by_every_context_side_by_side_and_no_customer_hears_of_it(string language)
    {
        await shop.Api.SendAsync(HttpMethod.Put, $"bots/{shop.Bot}/sites", new[] { new { siteId = "a", context = "comida" }, new { siteId = "b", context = "utensilios" } });
        var before = (await shop.Api.GetAsync("conversations")).Text;
        var admin = await shop.LookAsync(language);

        await admin.FillAsync("try-question", Question);
        await admin.ClickAsync("try-ask");
        foreach (var (context, part) in new[] { ("comida", "paella"), ("utensilios", "sartén") })
        {
            await Column(admin, context, "answered").WaitForAsync();
            await Assertions.Expect(Column(admin, context, "answered")).ToContainTextAsync(part);
        }
        await admin.PictureAsync("sites-try");
        await admin.FillAsync("try-question", "¿Cuántos habitantes tiene la Luna?");
        await admin.ClickAsync("try-ask");
        await Column(admin, "comida", "unknown").WaitForAsync();

        await shop.Sandbox.SwitchAsync("mammut", "silence", true);
        try
        {
            await Assertions.Expect(admin.Portal.GetByTestId("try-ask")).ToBeVisibleAsync();
            await admin.ClickAsync("try-ask");
            await admin.ClickAsync("try-stop");
            await Column(admin, "utensilios", "stopped").WaitForAsync();
        }
        finally
        {
            await shop.Sandbox.SwitchAsync("mammut", "silence", false);
        }
        Assert.Equal(before, (await shop.Api.GetAsync("conversations")).Text);
    }

    [Fact]
    public async Task Rules_are_moved_by_keyboard_and_nothing_unsaved_is_lost_without_asking()
    {
        await shop.Api.SendAsync(HttpMethod.Put, $"bots/{shop.Bot}/sites", new[] { new { siteId = "a", context = "x" }, new { siteId = "b", context = "y" } });
        var admin = await shop.LookAsync("en");

        await admin.Portal.GetByTestId("site-context-1").FocusAsync();
        await admin.Portal.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(admin.Portal.GetByTestId("site-id-0")).ToHaveValueAsync("b");
        await Assertions.Expect(admin.Portal.GetByTestId("site-rule").First).ToBeFocusedAsync();
        await admin.ClickAsync("tab-webhook");
        await admin.ClickAsync("cancel");
        await Assertions.Expect(admin.Portal.GetByTestId("site-id-0")).ToHaveValueAsync("b");
        await admin.ClickAsync("sites-discard");

        await Assertions.Expect(admin.Portal.GetByTestId("site-id-0")).ToHaveValueAsync("a");
        await Assertions.Expect(admin.Portal.GetByTestId("site-rule")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Whoever_saves_over_the_changes_of_others_is_asked_first()
    {
        await shop.StartAfreshAsync();
        var admin = await shop.LookAsync("en");
        await admin.FillAsync("site-context-0", "mine");
        await admin.Portal.GetByTestId("site-context-0").BlurAsync();
        await Assertions.Expect(admin.Portal.GetByTestId("sites-discard")).ToBeVisibleAsync();
        await shop.Api.SendAsync(HttpMethod.Put, $"bots/{shop.Bot}/sites", new[] { new { siteId = "theirs", context = "x" } });

        await admin.ClickAsync("sites-save");
        await admin.SeeAsync("sites-conflict");
        await admin.PictureAsync("sites-conflict");
        await admin.ClickAsync("sites-theirs");

        await Assertions.Expect(admin.Portal.GetByTestId("site-id-0")).ToHaveValueAsync("theirs");
        await Assertions.Expect(admin.Portal.GetByTestId("sites-conflict")).ToHaveCountAsync(0);
    }

    private static ILocator Column(Newcomer admin, string context, string state) =>
        admin.Portal.Locator($"[data-testid=try-column][data-context={context}][data-state={state}]");
}
