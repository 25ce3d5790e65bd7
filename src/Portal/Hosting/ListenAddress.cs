using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Portal.Hosting;

/// <summary>Where the portal really listens: known to the server once it has started, whatever chose the address.</summary>
internal sealed class ListenAddress(IServer server, IConfiguration configuration)
{
    /// <summary>The first address, with a host that this machine can call.</summary>
    public string Local
    {
        get
        {
            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses;
            var address = bound?.FirstOrDefault() ?? FirstConfigured();
            return Named(address)
                .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
                .TrimEnd('/');
        }
    }

    /// <summary>
    /// Prefix of every webhook URL shown: <c>Portal:PublicUrl</c>, else the listen address, preferably one that others can call
    /// (portal.md 2).
    /// </summary>
    public string Public => configuration["Portal:PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : ForOthers(configuration) ?? Local;

    /// <summary>The first https address that names a host which others can call; null = there is none. The server itself knows no names.</summary>
    public static string? ForOthers(IConfiguration configuration) =>
        Configured(configuration)
            .Where(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && !IsLoopback(address))
            .Select(address => Uri.TryCreate(Named(address), UriKind.Absolute, out var url) && !IsEveryHost(url) ? url.GetLeftPart(UriPartial.Authority) : null)
            .FirstOrDefault(address => address is not null);

    /// <summary>Whether only this machine can call it.</summary>
    public static bool IsLoopback(string address) =>
        Uri.TryCreate(Named(address), UriKind.Absolute, out var url)
        && (url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip)));

    // A plus or an asterisk stands for every interface, and is no host.
    private static string Named(string address) => address.Replace("//+", "//0.0.0.0", StringComparison.Ordinal).Replace("//*", "//0.0.0.0", StringComparison.Ordinal);

    private static bool IsEveryHost(Uri url) => IPAddress.TryParse(url.DnsSafeHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

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
