using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Core.Outcomes;

/// <summary>How every far side is reached: no redirects, cookies or proxies, reads repeated, writes never, one circuit per host.</summary>
internal static class FarHttp
{
    /// <summary>A read is tried at most 1 + this often, and ends after as many time-outs as tries.</summary>
    private const int Repeats = 2;

    private const int LargestAnswer = 8 * 1024 * 1024;

    /// <param name="services">Where to.</param>
    /// <param name="timeout">Per try.</param>
    /// <param name="typed">Whether its hosts are typed by admins; those of the settings are whoever operates the portal says.</param>
    public static IServiceCollection AddFarSide<TClient>(this IServiceCollection services, Func<IServiceProvider, TimeSpan> timeout, bool typed)
        where TClient : class
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Circuits>();
        services.AddOptions<OutboundOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.AllowHttpLoopback = Setting(nameof(OutboundOptions.AllowHttpLoopback)) ?? configuration.GetValue("Sandbox:Enabled", false);
            options.AllowPrivate = Setting(nameof(OutboundOptions.AllowPrivate)) ?? false;

            bool? Setting(string name) => configuration.GetValue<bool?>($"{OutboundOptions.Section}:{name}");
        });

        var client = services.AddHttpClient<TClient>((provider, http) =>
        {
            // The pipeline ends a request at its headers; this also ends a body that never comes to its end.
            http.Timeout = Total(timeout(provider));
            http.MaxResponseContentBufferSize = LargestAnswer;
        });
        // Query strings and headers carry tokens: FarCall logs what may be logged.
        client.RemoveAllLoggers();
        client.UseSocketsHttpHandler((handler, provider) =>
        {
            if (typed)
                handler.ConnectCallback = new ReachableAddresses(provider.GetRequiredService<IOptions<OutboundOptions>>().Value).ConnectAsync;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.UseProxy = false;
            handler.AutomaticDecompression = DecompressionMethods.All;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        });
        // Connections renew themselves, so a client may live as long as a hosted service does.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.AddStandardResilienceHandler().Configure((options, provider) =>
        {
            Limit(options, timeout(provider));
            provider.GetRequiredService<Circuits>().Watch<TClient>(options.CircuitBreaker);
        }).SelectPipelineByAuthority();
        return services;
    }

    private static TimeSpan Total(TimeSpan attempt) => attempt * (Repeats + 1);

    private static void Limit(HttpStandardResilienceOptions options, TimeSpan attempt)
    {
        options.AttemptTimeout.Timeout = attempt;
        options.TotalRequestTimeout.Timeout = Total(attempt);

        options.Retry.MaxRetryAttempts = Repeats;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.ShouldRetryAfterHeader = false;
        options.Retry.ShouldHandle = arguments => ValueTask.FromResult(IsFault(arguments.Outcome, arguments.Context));
        options.Retry.DisableForUnsafeHttpMethods();

        options.CircuitBreaker.ShouldHandle = arguments => ValueTask.FromResult(IsFault(arguments.Outcome, arguments.Context));
        options.CircuitBreaker.FailureRatio = 0.5;
        options.CircuitBreaker.MinimumThroughput = 10;
        options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(5);
        options.CircuitBreaker.SamplingDuration = TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(30).Ticks, 2 * attempt.Ticks));
    }

    /// <summary>
    /// A 429 is about one account, not about the host, and what may not be asked has not been, nor what is still held by us: none opens the
    /// circuit or is repeated here.
    /// </summary>
    private static bool IsFault(Polly.Outcome<HttpResponseMessage> outcome, ResilienceContext context) =>
        context.GetRequestMessage()?.Content is not GuardedContent { IsHeld: true }
        && outcome.Result?.StatusCode is not HttpStatusCode.TooManyRequests
        && outcome.Exception?.InnerException is not PrivateAddressException
        && HttpClientResiliencePredicates.IsTransient(outcome);
}
