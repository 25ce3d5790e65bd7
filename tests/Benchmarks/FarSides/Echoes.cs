using System.Security.Cryptography;
using System.Threading.Channels;
using Benchmarks.Load;

namespace Benchmarks.FarSides;

/// <summary>
/// Sends every posted reply back as a signed webhook, as Freshchat does. Signing is done here while the portal is measured: half a
/// millisecond of one core for each.
/// </summary>
internal sealed class Echoes : IDisposable
{
    private const int Senders = 4;

    private readonly Channel<Echo> _waiting = Channel.CreateUnbounded<Echo>();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Account _account;
    private Uri? _webhook;
    private int _sent;
    private int _failed;

    public Echoes(Account account)
    {
        _account = account;
        for (var i = 0; i < Senders; i++)
            _ = Task.Run(SendAsync);
    }

    public int Sent => _sent;

    public int Failed => _failed;

    /// <summary>Where echoes go; null = nowhere.</summary>
    public void SendTo(Uri? webhook) => _webhook = webhook;

    public void Add(string conversation, string message, DateTimeOffset at, string text)
    {
        if (_webhook is not null)
            _waiting.Writer.TryWrite(new(conversation, message, at, text));
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync()
    {
        using var key = _account.Key();
        await foreach (var echo in _waiting.Reader.ReadAllAsync())
        {
            var body = WebhookMessage.Echo(_account, echo.Conversation, echo.Message, echo.At, echo.Text);
            using var request = new HttpRequestMessage(HttpMethod.Post, _webhook) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("X-Freshchat-Signature", Convert.ToBase64String(key.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
            try
            {
                using var answer = await _http.SendAsync(request);
                Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref _sent : ref _failed);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _failed);
            }
        }
    }

    private sealed record Echo(string Conversation, string Message, DateTimeOffset At, string Text);
}
