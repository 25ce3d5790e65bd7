using System.Net.Http.Headers;
using Core.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Support;

/// <summary>
/// The real portal in this process, on Kestrel and a free port of 127.0.0.1, with the sandbox mounted and databases of its own, of the
/// product that <see cref="TestDatabase.Chosen"/> names. Only what a setting can say is different from production.
/// </summary>
public sealed class RunningPortal : IAsyncDisposable
{
    /// <summary>An API key with role admin that every portal under test accepts.</summary>
    public const string ApiKey = "a-bootstrap-key-for-tests-of-more-than-32-characters";

    private readonly Factory _factory;

    private RunningPortal(TestDatabase? postgres, IReadOnlyDictionary<string, string?> settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = $"Data Source={Folder.File("portal.db")}",
            ["Sandbox:StateFile"] = Folder.File("sandbox.db"),
            ["Api:BootstrapKey"] = ApiKey,
            // A test checks when it asks.
            ["Checks:Every"] = "00:00:00",
            // Tests wait for what happens; nothing is gained by making a customer wait for a second message.
            ["Inbox:QuietWindow"] = "00:00:00",
            ["Mammut:GraceWindow"] = "00:00:00.200",
            ["Mammut:PollInterval"] = "00:00:00.100",
        };
        if (postgres is not null)
            (all["Database:Provider"], all["ConnectionStrings:Portal"]) = ("PostgreSql", postgres.Connection);
        foreach (var (key, value) in settings)
            all[key] = value;
        _factory = new Factory(all, Logs);
        _factory.UseKestrel();
    }

    /// <summary>The folder of its files: <c>sandbox.db</c>, and on SQLite <c>portal.db</c>.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>What it logs.</summary>
    public CapturedLogs Logs { get; } = new();

    /// <summary>Its services, for what cannot be asked over HTTP.</summary>
    public IServiceProvider Services => _factory.Services;

    /// <summary>Where it listens, for example <c>http://127.0.0.1:41234</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Somebody on the network: no key, no cookies, follows no redirect.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>The management API with <see cref="ApiKey"/>.</summary>
    public PortalApi Api { get; private set; } = null!;

    /// <summary>Starts a portal.</summary>
    /// <param name="settings">Settings by key, on top of those of every test.</param>
    public static async Task<RunningPortal> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var postgres = TestDatabase.Chosen is DatabaseProvider.PostgreSql ? await TestDatabase.OnPostgresAsync() : null;
        var portal = new RunningPortal(postgres, settings ?? new Dictionary<string, string?>());
        try
        {
            await Task.Run(portal._factory.StartServer);
            portal.Url = portal.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            portal.Http = portal.NewClient();
            var api = portal.NewClient();
            api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
            portal.Api = new PortalApi(api);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client without cookies that follows no redirect.</summary>
    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(Url) };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        Api?.Dispose();
        await _factory.DisposeAsync();
        Folder.Dispose();
    }

    // Any public type of the portal's assembly names its entry point; Program is also the sandbox's name.
    private sealed class Factory(IReadOnlyDictionary<string, string?> settings, CapturedLogs logs) : WebApplicationFactory<Portal.Components.App>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("contentRoot", Repository.Root);
            builder.UseSetting("urls", "http://127.0.0.1:0");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(logs));
        }
    }
}
