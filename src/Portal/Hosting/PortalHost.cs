namespace Portal.Hosting;

/// <summary>How the portal's process starts: where its files lie and where it listens.</summary>
internal static class PortalHost
{
    /// <summary>
    /// A builder whose content root is the repository when run from source, and the folder of the executable when published: there
    /// wwwroot lies beside it, whatever folder the process was started from.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = published ? AppContext.BaseDirectory : null }
        );
        if (!published)
            builder.WebHost.UseStaticWebAssets();
        if (!ListenAddress.Configured(builder.Configuration).Any())
            builder.WebHost.UseUrls(PortalUrls.DefaultListenAddress);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // It prints whole query strings, and one of them carries a token (mammut.md 4.4). In code, because without an appsettings.json
        // at hand - another folder, another content root - the framework's own default prints them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Configuration.AddDefaults(builder.Environment);
        return builder;
    }

    // What depends on the environment; lowest in precedence, so that any source may say otherwise (docs/contracts/portal.md 2).
    private static void AddDefaults(this ConfigurationManager configuration, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        var sandbox = configuration["Sandbox:Enabled"] ?? (development ? "true" : "false");
        var defaults = new Dictionary<string, string?>
        {
            ["Sandbox:Enabled"] = sandbox,
            ["Outbound:AllowHttpLoopback"] = sandbox,
            ["Database:Provider"] = "Sqlite",
            ["ConnectionStrings:Portal"] = "Data Source=data/portal.db",
        };
        ((IConfigurationBuilder)configuration).Sources.Insert(
            0,
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults }
        );
    }
}
