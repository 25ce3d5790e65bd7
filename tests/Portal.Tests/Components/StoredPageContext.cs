using System.Security.Claims;
using Bunit;
using Core;
using Core.Bots;
using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Authentication;
using Support;

namespace Portal.Tests.Components;

/// <summary>A page as an admin sees it, over the real use cases and a database of its own; nothing runs behind it.</summary>
public abstract class StoredPageContext : PageContext, IAsyncLifetime
{
    private readonly Visitor _visitor = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MakeAsync();
        Services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new("Outbound:AllowHttpLoopback", "true"), new("Mammut:BaseUrl", "http://127.0.0.1:9/mammut")]).Build()
        );
        Services.AddSingleton(new WebhookAddress(() => "https://portal.test"));
        Services.AddCore(_database.Provider, _database.Connection);
        Services.AddSingleton<AuthenticationStateProvider>(_visitor);
        Services.AddScoped<CurrentActor>();
        Be(Role.Admin);
        Assert.True(await Services.GetRequiredService<PrepareDatabase>().RunAsync(CancellationToken.None));
    }

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>Path and query of the page.</summary>
    protected string Address => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    /// <summary>Who looks; null = somebody without a role.</summary>
    protected void Be(Role? role) =>
        _visitor.State = Task.FromResult(
            new AuthenticationState(new(new ClaimsIdentity(role is null ? [] : [new Claim(PortalRole.Claim, role.Value.ToString())], "test")))
        );

    /// <summary>Nobody knows yet who looks, so nothing is read yet.</summary>
    protected void BeUnknown() => _visitor.State = new TaskCompletionSource<AuthenticationState>().Task;

    protected Task StoreAsync(params IEnumerable<object> rows) =>
        WriteAsync(db =>
        {
            db.AddRange(rows);
            return Task.CompletedTask;
        });

    protected Task WriteAsync(Func<PortalDb, Task> work) => Services.GetRequiredService<PortalStore>().WriteAsync(work, CancellationToken.None);

    /// <summary>Tells open pages, and lets them read.</summary>
    protected void Announce(Guid bot, TimeSpan throttle)
    {
        Services.GetRequiredService<ChangeFeed>().AnnounceEvents(bot);
        Clock.Advance(throttle);
    }

    protected static Bot Bot(string name = "freshbot", BotStatus status = BotStatus.Draft, string? id = null) =>
        new()
        {
            Id = id is null ? Guid.NewGuid() : Guid.Parse(id),
            Name = name,
            Status = status,
            WebhookId = WebhookAddress.NewId(),
            ChatUrl = "https://acme.freshchat.com/v2",
            AppId = Guid.NewGuid().ToString(),
        };

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _database.Dispose();
    }

    private sealed class Visitor : AuthenticationStateProvider
    {
        public Task<AuthenticationState> State { get; set; } = null!;

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => State;
    }
}
