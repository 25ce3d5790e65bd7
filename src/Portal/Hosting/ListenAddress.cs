using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Portal.Hosting;

/// <summary>Where the portal really listens: known to the server once it has started, whatever chose the address.</summary>
internal sealed class ListenAddress(IServer server, IConfiguration configuration)
{
    /// <summary>The first http address, with a host that this machine can call.</summary>
    public string Local
    {
        get
        {
            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses;
            var address = bound?.FirstOrDefault() ?? FirstConfigured();
            return address.Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
                .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
                .Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
                .TrimEnd('/');
        }
    }

    /// <summary>Prefix of every webhook URL shown: <c>Portal:PublicUrl</c>, else the listen address (portal.md 2).</summary>
    public string Public => configuration["Portal:PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : Local;

    private string FirstConfigured() => Configured(configuration).FirstOrDefault() ?? PortalUrls.DefaultListenAddress;

    /// <summary>Every address that the configuration asks for; empty = the default one.</summary>
    public static IEnumerable<string> Configured(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
            return endpoints;
        if (configuration["urls"] is { Length: > 0 } urls)
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Ports("http").Concat(Ports("https"));

        // A port alone listens on every interface.
        IEnumerable<string> Ports(string scheme) =>
            (configuration[$"{scheme}_ports"] ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(port => $"{scheme}://+:{port}");
    }
}
