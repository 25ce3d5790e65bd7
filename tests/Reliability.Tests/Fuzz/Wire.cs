using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Reliability.Tests.Fuzz;

/// <summary>A connection that sends whatever bytes it is given, and reads one answer.</summary>
internal sealed class Wire(string host, int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    /// <summary>The answer; null when the connection was closed instead.</summary>
    /// <param name="request">Everything that is sent.</param>
    /// <param name="endsSending">Nothing more will be sent, and the other side sees that.</param>
    /// <param name="goesAway">The sender does not wait for the answer.</param>
    /// <param name="isLast">The next request needs a new connection: this one may have left anything on it.</param>
    public async Task<WireAnswer?> SendAsync(byte[] request, bool endsSending, bool goesAway, bool isLast)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            _socket ??= await ConnectAsync(patience.Token);
            // An answer may come, and the connection close, before everything is said.
            var sending = SayAsync(_socket, request, endsSending, patience.Token);
            if (goesAway)
            {
                await sending;
                Close();
                return null;
            }
            var answer = await ReadAsync(_socket, patience.Token);
            if (answer is null || answer.Closes || isLast)
                Close();
            await sending;
            return answer;
        }
        catch (SocketException)
        {
            Close();
            return null;
        }
    }

    public void Dispose() => Close();

    private async Task<Socket> ConnectAsync(CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host, port, cancel);
        return socket;
    }

    private static async Task SayAsync(Socket socket, byte[] request, bool endsSending, CancellationToken cancel)
    {
        try
        {
            for (var sent = 0; sent < request.Length; )
                sent += await socket.SendAsync(request.AsMemory(sent), cancel);
            if (endsSending)
                socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side has heard enough.
        }
    }

    private async Task<WireAnswer?> ReadAsync(Socket socket, CancellationToken cancel)
    {
        var text = new StringBuilder();
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer, cancel);
            if (read == 0)
                return null;
            text.Append(Encoding.Latin1.GetString(_buffer, 0, read));
            var said = text.ToString();
            // What Expect asks for.
            if (said.StartsWith("HTTP/1.1 100", StringComparison.Ordinal) && said.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var end)
                said = text.Remove(0, end + 4).ToString();
            if (WireAnswer.Parse(said) is { } answer)
                return answer;
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
/// <param name="Closes">True when the server takes no more on this connection.</param>
internal sealed record WireAnswer(int Status, string Body, bool Closes)
{
    /// <summary>Null while it is not all there.</summary>
    public static WireAnswer? Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var head = text[..end].Split("\r\n");
        var body = text[(end + 4)..];
        string? Header(string name) =>
            head.FirstOrDefault(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

        var whole = Header("Transfer-Encoding") is not null
            ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : body.Length >= int.Parse(Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        return whole ? new(int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), body, Header("Connection") == "close") : null;
    }
}
