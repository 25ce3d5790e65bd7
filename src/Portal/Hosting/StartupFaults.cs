using Core;
using Core.Bots.Checks;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.Extensions.Options;
using Portal.Authentication;

namespace Portal.Hosting;

/// <summary>
/// Checks the configuration before anything starts: one line per fault that names the key, and the process ends with code 1
/// (docs/contracts/portal.md 2).
/// </summary>
internal static class StartupFaults
{
    public static bool ConfigurationIsSound(this WebApplicationBuilder builder)
    {
        var faults = Find(builder.Configuration, builder.Environment).ToList();
        foreach (var fault in faults)
            Console.Error.WriteLine($"Configuration: {fault}");
        return faults.Count == 0;
    }

    public static IEnumerable<string> Find(IConfiguration configuration, IHostEnvironment environment) =>
        [
            // One wrong key may trouble several options.
            .. Readable(configuration).Distinct(),
            .. DatabaseSettings.Faults(configuration),
            .. Addresses(configuration, environment),
            .. Sandbox(configuration, environment),
            .. SignIn(configuration, environment),
        ];

    // The options' own validators decide, as they do when the portal runs; here their faults are collected instead of thrown.
    private static IEnumerable<string> Readable(IConfiguration configuration)
    {
        if (!bool.TryParse(configuration["Sandbox:Enabled"], out _))
            return ["Sandbox:Enabled must be true or false."];
        using var services = new ServiceCollection().AddSingleton(configuration).AddCore(DatabaseProvider.Sqlite, "").BuildServiceProvider();
        return
        [
            .. Faults<OutboundOptions>(services),
            .. Faults<FreshchatOptions>(services),
            .. Faults<MammutOptions>(services),
            .. Faults<InboxOptions>(services),
            .. Faults<CheckOptions>(services),
            .. Rejections(configuration),
        ];
    }

    private static IEnumerable<string> Faults<T>(IServiceProvider services)
        where T : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (InvalidOperationException e)
        {
            // The binder's sentence names the key, the value and the type.
            return [e.Message];
        }
    }

    private static IEnumerable<string> Rejections(IConfiguration configuration)
    {
        if (configuration["Webhooks:RejectedPerMinute"] is { } text && !(int.TryParse(text, out var count) && count > 0))
            yield return "Webhooks:RejectedPerMinute must be a whole number of at least 1.";
    }

    private static IEnumerable<string> Addresses(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration["Portal:PublicUrl"] is not { Length: > 0 } text)
        {
            if (!environment.IsDevelopment() && ListenAddress.ForOthers(configuration) is null)
                yield return "Portal:PublicUrl is missing: outside Development Freshchat needs an https address to call, with a host of its own.";
            yield break;
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return "Portal:PublicUrl must be an absolute http or https address.";
        else if (!environment.IsDevelopment() && url.Scheme is not "https")
            yield return "Portal:PublicUrl must be https outside Development.";
    }

    private static IEnumerable<string> Sandbox(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!bool.TryParse(configuration["Sandbox:Enabled"], out var enabled) || !enabled)
            yield break;
        if (environment.IsProduction())
            yield return "Sandbox:Enabled must not be true in Production: the sandbox lets anybody sign in.";
        foreach (var address in ListenAddress.Configured(configuration).Where(a => !ListenAddress.IsLoopback(a)))
            yield return $"Sandbox:Enabled must not be true while the portal listens on {address}: only loopback addresses may serve the sandbox.";
        if (configuration["Portal:PublicUrl"] is { Length: > 0 } url && !ListenAddress.IsLoopback(url))
            yield return "Sandbox:Enabled must not be true while Portal:PublicUrl is not a loopback address.";
    }

    private static IEnumerable<string> SignIn(IConfiguration configuration, IHostEnvironment environment)
    {
        var authority = configuration[$"{OidcSettings.Section}:Authority"];
        var sandbox = bool.TryParse(configuration["Sandbox:Enabled"], out var enabled) && enabled;
        if (string.IsNullOrWhiteSpace(authority) && !sandbox)
            yield return "Authentication:Oidc:Authority is missing: name your OpenID Connect provider.";
        else if (!string.IsNullOrWhiteSpace(authority))
        {
            if (!Uri.TryCreate(authority, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                yield return "Authentication:Oidc:Authority must be an absolute address.";
            else if (url.Scheme is not "https" && !(environment.IsDevelopment() && url.IsLoopback))
                yield return "Authentication:Oidc:Authority must be https.";
        }
        if (configuration[ApiKeyAuthentication.BootstrapKey] is { Length: > 0 and < 32 })
            yield return "Api:BootstrapKey must have at least 32 characters.";
    }
}
