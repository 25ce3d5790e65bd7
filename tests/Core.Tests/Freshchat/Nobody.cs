using System.Net;
using System.Net.Sockets;

namespace Core.Tests.Freshchat;

/// <summary>An address that refuses connections for as long as it is held: bound, so that nobody else gets it, but not listening.</summary>
internal sealed class Nobody : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Nobody() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Url => $"http://{socket.LocalEndPoint}";

    public void Dispose() => socket.Dispose();
}
