using System.Security.Claims;
using Bunit;
using Core;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Authentication;
using Portal.Components.Layout;
using Portal.Hosting;
using Support;

namespace Portal.Tests.Components;

/// <summary>A page as somebody has it open, with its use cases behind it and a database of its own; its clock moves when a test says so.</summary>
public abstract class WholePage : PageContext, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Who looks at the page.</summary>
    protected Somebody Person { get; } = new();

    /// <summary>The same person, as use cases know them.</summary>
    protected static Actor Admin { get; } = new("Ana", Role.Admin);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Outbound:AllowHttpLoopback"] = "true", ["Mammut:BaseUrl"] = "http://127.0.0.1:9/mammut" })
                .Build()
        );
        Services.AddSingleton(new WebhookAddress(() => "https://portal.test"));
        Services.AddCore(DatabaseProvider.Sqlite, $"Data Source={_folder.File("portal.db")};Pooling=False");
        Services.AddSingleton<IServer, NoServer>().AddSingleton<ListenAddress>().AddSingleton<SandboxCustomer>();
        Services.AddSingleton<AuthenticationStateProvider>(Person).AddScoped<CurrentActor>().AddScoped<BotCommands>().AddScoped<FindCommands>();
        Assert.True(await Use<PrepareDatabase>().RunAsync(CancellationToken.None));
    }

    /// <summary>One of the use cases.</summary>
    protected T Use<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A draft that was saved.</summary>
    protected async Task<BotView> DraftAsync(BotSettings? settings = null) => Right(await Use<SaveDraft>().HandleAsync(Admin, null, settings ?? new(), CancellationToken.None));

    /// <summary>What a use case told, when it was not refused.</summary>
    protected static T Right<T>(Result<T> result)
        where T : notnull => result.Succeeded ? result.Value : throw new InvalidOperationException(result.Error.Code);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _folder.Dispose();
    }

    /// <summary>Somebody who is signed in, unless the portal cannot tell just now.</summary>
    protected sealed class Somebody : AuthenticationStateProvider
    {
        /// <summary>Their role.</summary>
        public Role Role { get; set; } = Role.Admin;

        /// <summary>Who they are is known only after this.</summary>
        public Task Known { get; set; } = Task.CompletedTask;

        /// <inheritdoc />
        public override async Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            await Known;
            return new(new(new ClaimsIdentity([new("name", Admin.Name), new(PortalRole.Claim, Role.ToString())], "test")));
        }
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(Microsoft.AspNetCore.Hosting.Server.IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
