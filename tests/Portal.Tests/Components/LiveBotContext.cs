using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Core;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Authentication;
using Support;

namespace Portal.Tests.Components;

/// <summary>Parts of a bot's page over the real use cases: one bot that is live, a database of its own, far sides that a test can slow down or break.</summary>
public abstract class LiveBotContext : PageContext
{
    protected static readonly Actor Admin = new("ada", Role.Admin);
    protected static readonly Actor Operator = new("olga", Role.Operator);
    protected static readonly Actor Viewer = new("vera", Role.Viewer);

    private TestDatabase? _database;
    private ServiceProvider? _core;

    protected FarSides Sides { get; private set; } = null!;

    /// <summary>The bot as it was connected.</summary>
    protected BotView Bot { get; private set; } = null!;

    /// <summary>Where questions appear.</summary>
    protected IRenderedComponent<MudDialogProvider> Questions { get; private set; } = null!;

    protected BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    protected async Task OpenAsync()
    {
        DefaultWaitTimeout = TimeSpan.FromSeconds(60);
        Sides = await FarSides.StartAsync();
        _database = await TestDatabase.MakeAsync();
        var settings = new Dictionary<string, string?> { ["Outbound:AllowHttpLoopback"] = "true", ["Mammut:BaseUrl"] = Sides.MammutUrl };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging()
            .AddSingleton(new WebhookAddress(() => "https://portal.test"));
        _core = services.AddCore(_database.Provider, _database.Connection).BuildServiceProvider();
        Services.AddFallbackServiceProvider(_core);
        Services.AddScoped<CurrentActor>();
        AddAuthorization().SetAuthorized(Admin.Name).SetClaims(new Claim(PortalRole.Claim, nameof(Role.Admin)));
        Assert.True(await Get<PrepareDatabase>().RunAsync(CancellationToken.None));
        var connected = await Get<ConnectBot>().HandleAsync(Admin, Settings(), CancellationToken.None);
        Assert.True(connected.Succeeded, connected.Error?.ToString());
        Bot = connected.Value;
        Questions = Render<MudDialogProvider>();
    }

    protected T Get<T>()
        where T : notnull => _core!.GetRequiredService<T>();

    /// <summary>The bot as it is kept now.</summary>
    protected async Task<BotView> ReadAsync() => (await Get<FindBots>().GetAsync(Viewer, Bot.Id, CancellationToken.None)).Value!;

    /// <summary>A part of the bot's page, with the page around it that gives it the bot as it is after each change.</summary>
    private protected IRenderedComponent<Around<TPart>> Show<TPart>(Actor actor, BotView? bot = null)
        where TPart : IComponent => Render<Around<TPart>>(p => p.Add(a => a.Bot, bot ?? Bot).Add(a => a.Actor, actor));

    /// <summary>Lets these requests to the far sides wait until the result is set.</summary>
    protected ManualResetEventSlim Hold(Func<FarRequest, bool> which)
    {
        var gate = new ManualResetEventSlim();
        Sides.Instead = request =>
        {
            if (which(request))
                gate.Wait();
            return null;
        };
        return gate;
    }

    /// <summary>Waits until the page is at an address that ends so; going there draws nothing here that could be waited for.</summary>
    protected Task AtAsync(string end) => Eventually.BecomesAsync(() => Navigation.Uri.EndsWith(end, StringComparison.Ordinal), $"an address that ends in {end}");

    /// <summary>Answers the question that is asked.</summary>
    protected void Answer(bool goAhead) => Questions.WaitForElement(ByTestId(goAhead ? "confirm" : "cancel")).Click();

    /// <summary>Waits until nothing is asked any more.</summary>
    protected void AssertNothingIsAsked() => Questions.WaitForAssertion(() => Assert.Empty(Questions.FindAll(ByTestId("confirm"))));

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        if (_core is not null)
            await _core.DisposeAsync();
        _database?.Dispose();
        if (Sides is not null)
            await Sides.DisposeAsync();
    }

    private BotSettings Settings() =>
        new()
        {
            Name = "freshbot",
            Freshchat = new()
            {
                ChatUrl = Sides.ChatUrl,
                ApiToken = Sides.Freshchat.Token,
                AgentId = Sides.Freshchat.BotAgent,
                GroupName = FreshchatStandIn.GroupName,
                PublicKeys = [Sides.Freshchat.Key.PublicPem],
            },
        };

    private protected sealed class Around<TPart> : ComponentBase
        where TPart : IComponent
    {
        [Parameter]
        public BotView Bot { get; set; } = default!;

        [Parameter]
        public Actor Actor { get; set; } = default!;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<TPart>(0);
            builder.AddComponentParameter(1, nameof(Bot), Bot);
            builder.AddComponentParameter(2, nameof(Actor), Actor);
            builder.AddComponentParameter(3, "BotChanged", EventCallback.Factory.Create<BotView>(this, bot => Bot = bot));
            builder.CloseComponent();
        }
    }
}
