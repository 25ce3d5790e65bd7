using System.Net;
using System.Net.Sockets;

namespace Core.Outcomes;

/// <summary>
/// Which machines a host that an admin typed may stand for: those on the internet, or the portal would ask its own network in the admin's
/// place and show what it says. Decided where the connection is made, so that no name can change its mind in between.
/// </summary>
/// <param name="allowed">What the settings allow beyond that.</param>
internal sealed class ReachableAddresses(OutboundOptions allowed)
{
    // What is not routed on the internet, or leads back out of IPv6 into what is not (RFC 6890).
    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48",
            "100::/64", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether that machine may be asked.</summary>
    public bool Includes(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(bare))
            return allowed.AllowHttpLoopback || allowed.AllowPrivate;
        return allowed.AllowPrivate || !Array.Exists(Private, network => network.Contains(bare));
    }

    // A proxy is whoever operates the portal says, commonly on a network of theirs; what it may reach is its own business.
    private static bool LeadsToProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.Method == HttpMethod.Connect
        || (
            context.InitialRequestMessage.RequestUri is { } asked
            && !string.Equals(context.DnsEndPoint.Host.Trim('[', ']'), asked.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Connects to the first of a host's machines that may be asked and answers.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var known = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var reachable = LeadsToProxy(context) ? known : Array.FindAll(known, Includes);
        if (reachable.Length == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host stands only for machines that may not be asked.</summary>
internal sealed class PrivateAddressException : IOException
{
    public PrivateAddressException()
        : base("The host has no public address.") { }
}
