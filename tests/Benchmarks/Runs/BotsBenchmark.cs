using System.Globalization;
using Benchmarks.FarSides;
using Benchmarks.History;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>How quick the dashboard is in Chromium with ten thousand bots: opened, searched, put in another order.</summary>
internal static class BotsBenchmark
{
    private const int Bots = 10_000;
    private const double UsableAtMost = 1_500;
    private const double AnswerAtMost = 150;

    // The dashboard waits that long for a further letter before it searches.
    private const double Pause = 150;

    // From what the admin does until the first row is another one, painted.
    private const string Until = """
        async ([act, wanted]) => {
          const first = () => document.querySelector("[data-testid=bot-row]")?.textContent ?? "";
          const began = performance.now();
          if (act === "search") {
            const field = document.querySelector("[data-testid=search]");
            field.value = wanted;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            field.dispatchEvent(new Event("change", { bubbles: true }));
          } else document.querySelector("[data-by=name]").click();
          await new Promise(done => {
            if (first().includes(wanted)) return done();
            const observer = new MutationObserver(() => { if (first().includes(wanted)) { observer.disconnect(); done(); } });
            observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          });
          return performance.now() - began;
        }
        """;

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var report = new Report($"bots {options.Database}", $"Ten thousand bots, {options.Database}", Machine.Describe(options.Folder), "run", "first page usable, ms", "other order, ms", "search, ms", "rows drawn");
        await using var far = await FarProcess.StartAsync(options.Folder);
        await using var database = await Database.CreateAsync(options);
        await using var portal = await MeasuredPortal.StartAsync(database, far.Address, AdminBrowser.SignIn(options));
        await portal.ConnectAsync(Account.Of(options.Folder), far.Address);
        await database.FillAsync([GrowBots.Statement(options.PostgreSql, Bots)]);
        await using var admin = await AdminBrowser.StartAsync(portal.Process.Address);
        await MeasureAsync(admin);
        var all = new List<double[]>();
        for (var run = 1; run <= (options.Runs ?? 5); run++)
        {
            cancel.ThrowIfCancellationRequested();
            all.Add(await MeasureAsync(admin));
            report.Row([run.ToString(CultureInfo.InvariantCulture), .. Text(all[^1])]);
        }
        double[] median = [.. Enumerable.Range(0, 4).Select(i => Figures.Median(all.Select(figures => figures[i])))];
        report.Row(["median", .. Text(median)]);
        report.Row("to reach", $"<= {UsableAtMost:0}{Missed(median[0] > UsableAtMost)}", $"<= {AnswerAtMost:0}{Missed(median[1] > AnswerAtMost)}", $"<= {AnswerAtMost + Pause:0}{Missed(median[2] > AnswerAtMost + Pause)}", "");
        report.Note($"Chromium as in Pages; one connected bot and {Bots} copies of it.");
        report.Note($"Other order = from the click on a column's head until its first row stands first; search = from the last letter until the bot that was looked for stands first, the {Pause:0} ms in which a further letter is waited for included.");
        return report;
    }

    private static string Missed(bool missed) => missed ? " **MISSED**" : "";

    private static IEnumerable<string> Text(double[] figures) => figures.Select(value => value.ToString("0", CultureInfo.InvariantCulture));

    private static async Task<double[]> MeasureAsync(AdminBrowser admin)
    {
        await using var person = await admin.PersonAsync();
        var page = await person.NewPageAsync();
        await AdminBrowser.FirstPageAsync(page);
        // A long list draws its rows once it knows how many fit.
        await page.WaitForFunctionAsync("() => document.querySelector('[data-testid=bot-row]') && (measured.rows = performance.now())");
        var usable = await page.EvaluateAsync<double>("() => measured.rows");
        var rows = await page.Locator("[data-testid=bot-row]").CountAsync();
        var order = await page.EvaluateAsync<double>(Until, new[] { "order", GrowBots.Name(Bots) });
        var search = await page.EvaluateAsync<double>(Until, new[] { "search", GrowBots.Name(Bots / 2) });
        return [usable, order, search, rows];
    }
}
