using System.Text;
using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Sites;
using Core.Outcomes;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Components.Sites;

namespace Portal.Tests.Components;

/// <summary>Rules of sites as an admin meets them: found faulty, moved, imported, mapped and tried.</summary>
public sealed class SitesTests : PageContext
{
    private static readonly ChannelView[] Topics = [new("t-food", "Comida", "es", true)];

    [Fact]
    public void A_rule_that_does_nothing_says_so_at_its_place_and_names_the_cause()
    {
        List<SiteRuleSettings> rules = [new() { SiteId = "a", Context = "x" }, new() { Source = SiteSource.Topic, SiteId = "a", Context = "y" }];

        var editor = Render<SiteRulesEditor>(p => p.Add(e => e.Rules, rules).Add(e => e.Findings, SiteLinter.Check(rules, [], Clock.GetUtcNow())));

        var finding = editor.FindAll(ByTestId("site-rule"))[1].QuerySelector(ByTestId("site-finding"))!;
        Assert.Equal("shadowed", finding.GetAttribute("data-kind"));
        Assert.Contains("rule 1 always matches first", finding.TextContent, StringComparison.Ordinal);
        Assert.Single(editor.FindAll(ByTestId("site-finding")));
        editor.Render(p => p.Add(e => e.ReadOnly, true));
        Assert.Equal("Look at rule no. 2. The note at it says why.", editor.Find(ByTestId("site-findings")).TextContent);
    }

    [Fact]
    public void Rules_move_by_their_buttons_which_the_keyboard_presses_and_it_is_said_where_to()
    {
        List<SiteRuleSettings> rules = [new() { SiteId = "a" }, new() { SiteId = "b" }, new() { SiteId = "c" }];
        var editor = Render<SiteRulesEditor>(p => p.Add(e => e.Rules, rules));

        editor.FindAll("[data-moves]")[2].QuerySelector("[data-move=ArrowUp]")!.Click();
        Assert.True(editor.FindAll("[data-moves]")[0].QuerySelector("[data-move=ArrowUp]")!.HasAttribute("disabled"));

        Assert.Equal(["a", "c", "b"], rules.Select(r => r.SiteId));
        Assert.Equal("Moved to place 2 of 3", editor.Find(ByTestId("sites-said")).TextContent);
    }

    [Fact]
    public void Where_a_site_is_looked_for_is_explained_for_every_choice_when_one_asks()
    {
        var help = Render<SourceHelp>();

        Assert.False(help.Find("details").HasAttribute("open"));
        Assert.Equal("Where is the site looked for?", help.Find("summary").TextContent);
        Assert.Equal(["Anywhere", "User property", "Topic", "Prefix of the reference ID"], help.FindAll("dt").Select(source => source.TextContent));
        Assert.All(help.FindAll("dd"), meaning => Assert.DoesNotContain("Source.", meaning.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_topic_that_the_account_no_longer_has_is_still_shown()
    {
        var editor = Render<SiteRulesEditor>(p => p.Add(e => e.Rules, [new SiteRuleSettings { Source = SiteSource.Topic, SiteId = "gone" }]).Add(e => e.Topics, Topics));

        Assert.Contains("gone (not in the account)", editor.Find(ByTestId("site-id-0")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_shown_before_it_is_taken_with_each_fault_at_its_line()
    {
        IReadOnlyList<SiteRuleSettings>? chosen = null;
        SiteRuleSettings[] present = [new() { SiteId = "a", Context = "x" }];
        var import = Render<ImportSites>(p => p.Add(i => i.Present, present).Add(i => i.Chosen, rules => chosen = rules));
        Assert.Empty(import.FindAll(ByTestId("import-take")));
        Assert.Equal("No file chosen", import.Find(ByTestId("import-file-name")).TextContent);
        Assert.NotNull(import.Find(ByTestId("import-file")).Closest("label"));

        import.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("fuente;sitio;contexto\ncualquiera;a;x\nallí;b;y\ntema;c;z", "sitios.csv"));

        import.WaitForElement(ByTestId("import-take"));
        Assert.Equal("sitios.csv", import.Find(ByTestId("import-file-name")).TextContent);
        Assert.Equal(["3 csv_source_unknown"], import.FindAll(ByTestId("import-fault")).Select(f => $"{f.GetAttribute("data-line")} {f.GetAttribute("data-code")}"));
        Assert.Equal(2, import.FindAll(ByTestId("import-row")).Count);
        Assert.Null(chosen);
        import.Find(ByTestId("import-take")).Click();
        Assert.Equal(["a", "c"], chosen!.Select(r => r.SiteId));
        Assert.Contains("0", import.Find("label:has([data-testid=import-replace])").TextContent, StringComparison.Ordinal);
        import.Find(ByTestId("import-replace")).Change(true);
        import.Find(ByTestId("import-take")).Click();
        Assert.Equal([SiteSource.Any, SiteSource.Topic], chosen!.Select(r => r.Source));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_to_its_end_says_so_and_costs_nothing()
    {
        var import = Render<ImportSites>(p => p.Add(i => i.Present, []));
        var input = import.FindComponent<InputFile>().Instance;

        await import.InvokeAsync(() => input.OnChange.InvokeAsync(new InputFileChangeEventArgs([new TornFile()])));
        Assert.Equal("csv_unreadable", import.Find(ByTestId("import-fault")).GetAttribute("data-code"));
        await import.InvokeAsync(() => input.OnChange.InvokeAsync(new InputFileChangeEventArgs([])));

        Assert.Equal("csv_unreadable", import.Find(ByTestId("import-fault")).GetAttribute("data-code"));
    }

    [Theory]
    [InlineData("nothing of ours", "csv_columns_missing")]
    [InlineData("site\tcontext", "csv_empty")]
    public void Pasted_cells_that_hold_no_rules_say_why(string text, string code)
    {
        var import = Render<ImportSites>(p => p.Add(i => i.Present, []));

        import.Find(ByTestId("import-text")).Input(text);

        Assert.Equal(code, import.Find(ByTestId("import-fault")).GetAttribute("data-code"));
        Assert.Empty(import.FindAll(ByTestId("import-take")));
    }

    [Fact]
    public void The_lines_for_a_page_name_its_site_and_nothing_can_break_out_of_them()
    {
        JSInterop.Setup<bool>("portal.copy", _ => true).SetResult(true);
        var snippet = Render<SiteSnippet>(p => p.Add(s => s.Sites, ["comida"]));
        Assert.Contains("siteId: \"comida\"", snippet.Find(ByTestId("snippet")).TextContent, StringComparison.Ordinal);

        snippet.Find(ByTestId("snippet-site")).Input("</script>\"");

        Assert.Single(snippet.Find(ByTestId("snippet")).TextContent.Split("</script>")[..^1]);
        snippet.Find(ByTestId("copy-snippet")).Click();
        Assert.Equal(snippet.Find(ByTestId("snippet")).TextContent, JSInterop.Invocations["portal.copy"].Single().Arguments[0]);
        snippet.Find(ByTestId("snippet-site")).Input(" ");
        Assert.NotNull(snippet.Find(ByTestId("snippet-empty")));
    }

    [Fact]
    public async Task Each_column_shows_what_came_of_the_question_when_it_comes()
    {
        var answers = new Dictionary<string, TaskCompletionSource<Result<TriedAnswer>>>();
        var trial = Render<TrySites>(p => p.Add(t => t.Contexts, [null, "knows", "not", "silent", "broken"]).Add(t => t.Ask, (_, context, _) => (answers[context ?? ""] = new()).Task));
        trial.Find(ByTestId("try-question")).Input("¿Abren hoy?");

        trial.Find(ByTestId("try-ask")).Click();

        Assert.All(States(trial), state => Assert.Equal("waiting", state));
        Assert.NotNull(trial.Find(ByTestId("try-stop")));
        var second = TimeSpan.FromSeconds(1);
        await trial.InvokeAsync(() => answers[""].SetResult(new TriedAnswer(["Hola."], true, second)));
        Assert.Equal("1 of 5 done", trial.Find(ByTestId("try-progress")).TextContent);
        await trial.InvokeAsync(() =>
        {
            answers["knows"].SetResult(new TriedAnswer(["Sí.", "Hasta las diez."], true, second));
            answers["not"].SetResult(new TriedAnswer([], false, second));
            answers["silent"].SetResult(new TriedAnswer([], true, second));
            answers["broken"].SetResult(new Error("mammut_timeout"));
        });
        trial.WaitForAssertion(() => Assert.Equal(["answered", "answered", "unknown", "silent", "failed"], States(trial)));
        Assert.Equal("mammut_timeout", trial.Find(ByTestId("field-error")).GetAttribute("data-code"));
        Assert.NotNull(trial.Find(ByTestId("try-ask")));
    }

    [Fact]
    public void Waiting_can_be_stopped_and_only_what_is_chosen_is_asked()
    {
        var trial = Render<TrySites>(p =>
            p.Add(t => t.Contexts, [null, "a", "b"])
                .Add(t => t.Ask, async (_, _, cancel) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                    return new Error("never");
                })
        );
        trial.Find(ByTestId("try-question")).Input("Hola");
        trial.FindAll(ByTestId("try-context"))[1].Change(false);
        trial.Find(ByTestId("try-ask")).Click();

        trial.Find(ByTestId("try-stop")).Click();

        trial.WaitForAssertion(() => Assert.Equal(["stopped", "stopped"], States(trial)));
    }

    [Fact]
    public void Nothing_is_asked_without_a_question_or_a_context()
    {
        var asked = 0;
        var trial = Render<TrySites>(p => p.Add(t => t.Contexts, [null, "a"]).Add(t => t.Ask, (_, _, _) => Task.FromResult<Result<TriedAnswer>>(new Error($"asked_{++asked}"))));

        trial.Find(ByTestId("try-ask")).Click();
        Assert.Equal("required", trial.Find(ByTestId("field-error")).GetAttribute("data-code"));
        trial.Find(ByTestId("try-question")).Input("Hola");
        trial.FindAll(ByTestId("try-context"))[0].Change(false);
        trial.FindAll(ByTestId("try-context"))[1].Change(false);
        trial.Find(ByTestId("try-ask")).Click();

        Assert.Equal(("try_no_context", 0), (trial.Find(ByTestId("field-error")).GetAttribute("data-code"), asked));
    }

    [Theory]
    [InlineData("es", "Sitio Comida (es) por la regla 2 (Tema) → contexto comida", "La regla 1 (Propiedad del usuario: x → y) no coincidió: el valor era web.")]
    [InlineData("en", "Site Comida (es) by rule 2 (Topic) → context comida", "Rule 1 (User property: x → y) did not match: the value there was web.")]
    public void The_way_to_a_context_is_told_in_the_reader_s_language(string language, string then, string first)
    {
        Read(language);
        SiteRule[] rules =
        [
            new() { Position = 1, Source = SiteSource.UserProperty, SiteId = "x", Context = "y" },
            new() { Position = 2, Source = SiteSource.Topic, SiteId = "t-food", Context = "comida" },
        ];
        var evidence = new SiteEvidence(["web"], "t-food", null);
        var now = ExplainContext.Explain(rules, null, evidence);

        var reason = Render<SiteReason>(p =>
            p.Add(r => r.Explained, new ExplainedTurn(Guid.Empty, now.Match, KeptEvidence.Of(evidence, UserRead.Read, ""), false, now)).Add(r => r.Topics, Topics)
        );

        Assert.Equal(then, reason.Find(ByTestId("why-then")).TextContent);
        Assert.Equal(first, reason.FindAll(ByTestId("why-rule"))[0].TextContent);
        Assert.Empty(reason.FindAll(ByTestId("why-changed")));
    }

    [Fact]
    public void What_is_not_known_any_more_is_said_honestly()
    {
        SiteMatch then = new("comida", null, null, null);
        var evidence = KeptEvidence.Of(new([], null, null), UserRead.Failed, "");

        var old = Render<SiteReason>(p => p.Add(r => r.Explained, new ExplainedTurn(Guid.Empty, then, null, false, null)));
        var changed = Render<SiteReason>(p => p.Add(r => r.Explained, new ExplainedTurn(Guid.Empty, then, evidence, true, ExplainContext.Explain([], null, evidence.AsEvidence()))));

        Assert.NotNull(old.Find(ByTestId("why-not-kept")));
        Assert.NotNull(changed.Find(ByTestId("why-user")));
        Assert.Contains("No rule matched → no context", changed.Find(ByTestId("why-changed")).TextContent, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> States(IRenderedComponent<TrySites> trial) => trial.FindAll(ByTestId("try-column")).Select(column => column.GetAttribute("data-state"));

    // Changed on the disk since it was chosen.
    private sealed class TornFile : IBrowserFile
    {
        public string Name => "sites.csv";

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public long Size => 10;

        public string ContentType => "text/csv";

        public Stream OpenReadStream(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default) => throw new IOException("The file could not be read.");
    }
}
