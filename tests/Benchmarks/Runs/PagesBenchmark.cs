using System.Globalization;
using Benchmarks.FarSides;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>How quick the pages are in Chromium: the first one with an empty cache, the way from one to the next, what is loaded, what jumps.</summary>
internal static class PagesBenchmark
{
    private const int Webhooks = 500;
    private const double UsableAtMost = 1_500;
    private const double NavigationAtMost = 150;
    private const double KilobytesAtMost = 600;

    // From the click until the other page stands there with its content, painted.
    private const string Go = """
        async name => {
          const [link, path] = [document.querySelector(`[data-testid=${name}]`), new URL(document.querySelector(`[data-testid=${name}]`).href).pathname];
          const before = document.querySelector("main h1");
          const there = () => location.pathname === path && document.querySelector("main h1") && document.querySelector("main h1") !== before && !document.querySelector("main .list-skeleton");
          const began = performance.now();
          link.click();
          await new Promise(done => {
            if (there()) return done();
            const observer = new MutationObserver(() => { if (there()) { observer.disconnect(); done(); } });
            observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          });
          return performance.now() - began;
        }
        """;

    private static readonly string[] Links = ["nav-deliveries", "nav-conversations", "nav-settings", "nav-bots"];

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var report = new Report("pages", "Pages", Machine.Describe(options.Folder), "run", "first page usable, ms", "navigation, ms", "loaded, KB", "layout shift");
        var account = Account.Of(options.Folder);
        await using var far = await FarProcess.StartAsync(options.Folder);
        await using var database = await Database.CreateAsync(options);
        await using var portal = await MeasuredPortal.StartAsync(database, far.Address, AdminBrowser.SignIn(options));
        await portal.ConnectAsync(account, far.Address);
        await portal.PauseAsync(true);
        using (var loop = new ClosedLoop(portal.Webhook!, SignedPool.Of(options.Folder, account, Webhooks, IngestBenchmark.Conversations), 1))
            await loop.RunAsync(1);

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
        report.Row("to reach", $"<= {UsableAtMost:0}{Missed(median[0] > UsableAtMost)}", $"<= {NavigationAtMost:0}{Missed(median[1] > NavigationAtMost)}", $"<= {KilobytesAtMost:0}{Missed(median[2] > KilobytesAtMost)}", $"0{Missed(median[3] > 0)}");
        report.Note("Chromium, 1280 x 900, a new profile with nothing in its cache for every run, signed in; the portal is published, has run for a while and was visited once.");
        report.Note("First page = the dashboard, from the start of the navigation until its heading and rows are there and the circuit answers.");
        report.Note($"Navigation = median of {Links.Length} links of the menu, from the click until the other page stands there with its content.");
        report.Note("Loaded = every byte of the first page's answers as they came over the line, headers included, without the frames of the circuit.");
        return report;
    }

    private static string Missed(bool missed) => missed ? " **MISSED**" : "";

    private static IEnumerable<string> Text(double[] figures) =>
        [.. figures.Take(3).Select(value => value.ToString("0", CultureInfo.InvariantCulture)), figures[3].ToString("0.000", CultureInfo.InvariantCulture)];

    private static async Task<double[]> MeasureAsync(AdminBrowser admin)
    {
        await using var person = await admin.PersonAsync();
        var page = await person.NewPageAsync();
        var network = await person.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        var bytes = 0d;
        network.Event("Network.loadingFinished").OnEvent += (_, loaded) => bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();
        var usable = await AdminBrowser.FirstPageAsync(page);
        var loaded = bytes;
        var ways = new List<double>();
        foreach (var link in Links)
            ways.Add(await page.EvaluateAsync<double>(Go, link));
        // What moved helps to find why.
        if (await page.EvaluateAsync<string>("() => measured.moved") is { Length: > 0 } moved)
            await Console.Error.WriteLineAsync($"Moved:{moved}");
        return [usable, Figures.Median(ways), loaded / 1024, await page.EvaluateAsync<double>("() => measured.shift")];
    }
}
