using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Load;

/// <summary>
/// One kept-alive connection that sends prepared webhooks and reads no more of the answers than their end: what HttpClient does beyond
/// that would be taken from the server's share of the machine.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int MostDeep = 20;

    [ThreadStatic]
    private static int _depth;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly byte[] _request = new byte[2048];
    private readonly byte[] _answer = new byte[8192];
    private readonly SignedPool _pool;
    private readonly Action<Connection, int> _answered;
    private readonly int _head;
    private int _received;

    /// <param name="server">Address and path of the webhook.</param>
    /// <param name="pool">What is sent.</param>
    /// <param name="answered">Called with the status of each answer; 0 = the connection is lost.</param>
    public Connection(Uri server, SignedPool pool, Action<Connection, int> answered)
    {
        (_pool, _answered) = (pool, answered);
        var head = $"POST {server.AbsolutePath} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {WebhookMessage.Bytes}\r\nX-Freshchat-Payload-Version: 1\r\nX-Retry-Count: 0\r\nX-Freshchat-Signature: ";
        _head = Encoding.ASCII.GetBytes(head, _request);
        _socket.Connect(IPAddress.Loopback, server.Port);
        _receiving.SetBuffer(_answer, 0, _answer.Length);
        _receiving.Completed += (_, _) => Received();
    }

    /// <summary>The message that is being sent, by number.</summary>
    public int Message { get; private set; }

    /// <summary>When it should have been sent, by the stopwatch.</summary>
    public long Intended { get; private set; }

    /// <summary>Sends one message; the answer is told to the callback.</summary>
    public void Send(int message, long intended)
    {
        (Message, Intended, _received) = (message, intended, 0);
        var end = _head;
        _pool.Signature(message).CopyTo(_request.AsSpan(end));
        end += _pool.Signature(message).Length;
        "\r\n\r\n"u8.CopyTo(_request.AsSpan(end));
        end += 4;
        _pool.Body(message).CopyTo(_request.AsSpan(end));
        end += WebhookMessage.Bytes;
        try
        {
            _socket.Send(_request.AsSpan(0, end));
            Receive();
        }
        catch (SocketException)
        {
            _answered(this, 0);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receiving.Dispose();
    }

    private void Receive()
    {
        _receiving.SetBuffer(_received, _answer.Length - _received);
        if (_socket.ReceiveAsync(_receiving))
            return;
        // The answer was there already, and the next one may be too: not deeper and deeper into one stack.
        if (_depth++ < MostDeep)
            Received();
        else
            ThreadPool.UnsafeQueueUserWorkItem(_ => Received(), null);
        _depth--;
    }

    private void Received()
    {
        if (_receiving.SocketError is not SocketError.Success || _receiving.BytesTransferred == 0)
        {
            _answered(this, 0);
            return;
        }
        _received += _receiving.BytesTransferred;
        if (Complete(_answer.AsSpan(0, _received), out var status))
            _answered(this, status);
        else
            Receive();
    }

    private static bool Complete(ReadOnlySpan<byte> answer, out int status)
    {
        status = 0;
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0 || !Utf8Parser.TryParse(answer.Slice("HTTP/1.1 ".Length, 3), out status, out _))
            return false;
        var body = answer[(head + 4)..];
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length >= 0 && Utf8Parser.TryParse(answer[(length + "Content-Length: ".Length)..], out int bytes, out _))
            return body.Length >= bytes;
        return body.EndsWith("0\r\n\r\n"u8);
    }
}
