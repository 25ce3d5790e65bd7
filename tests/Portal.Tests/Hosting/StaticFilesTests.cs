using System.Diagnostics;
using System.Net;
using Support;

namespace Portal.Tests.Hosting;

/// <summary>
/// wwwroot lies at the repository root, which no tool expects: its files are served in the test host, by the built program and by the
/// published one, whatever folder it was started from. The rest of a first visit works there too.
/// </summary>
[Collection(nameof(StaticFilesTests))]
public sealed class StaticFilesTests
{
    [Fact]
    public async Task Served_in_the_test_host()
    {
        await using var portal = await RunningPortal.StartAsync();

        await AssertServedAsync(portal.Http);
    }

    [Fact]
    public async Task Served_by_the_built_program_on_any_address()
    {
        using var folder = new TemporaryFolder();
        await using var portal = await PortalProcess.StartAsync(PortalProcess.BuiltDll, Repository.Root, folder);
        using var http = new HttpClient { BaseAddress = new Uri(portal.Url) };

        await AssertServedAsync(http);
        // Sign-in moves along with the address.
        using var browser = new PlainBrowser(portal.Url);
        var page = await browser.SignInAsync("admin");
        Assert.Equal((HttpStatusCode.OK, portal.Url + "/"), (page.Status, browser.Way[^1].ToString()));
    }

    [Fact]
    public async Task Served_by_the_published_program_from_another_folder()
    {
        using var published = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await PublishAsync(published.Path);
        await using var portal = await PortalProcess.StartAsync(
            published.File("Portal.dll"),
            elsewhere.Path,
            elsewhere,
            new Dictionary<string, string?> { ["ConnectionStrings:Portal"] = null, ["Sandbox:StateFile"] = null }
        );
        using var http = new HttpClient { BaseAddress = new Uri(portal.Url) };

        await AssertServedAsync(http);
        using var browser = new PlainBrowser(portal.Url);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync("admin")).Status);
        // Relative files belong to the content root, which is where the program lies.
        Assert.True(File.Exists(published.File("data/portal.db")));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    private static async Task AssertServedAsync(HttpClient http)
    {
        foreach (var (path, type) in ((string, string)[])[("/app.css", "text/css"), ("/portal.js", "text/javascript"), ("/unsaved.js", "text/javascript"), ("/favicon.svg", "image/svg+xml")])
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        }
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "wwwroot", "app.css")), await http.GetStringAsync("/app.css"));
        foreach (var path in (string[])["/_content/MudBlazor/MudBlazor.min.css", "/_framework/blazor.web.js"])
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static async Task PublishAsync(string folder)
    {
        string[] arguments =
        [
            "publish", Path.Combine(Repository.Root, "src", "Portal"),
            "--no-build", "--configuration", Repository.Configuration, "--output", folder, "--nologo", "--verbosity", "quiet", "--disable-build-servers",
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var errors = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, await output + await errors);
    }
}
