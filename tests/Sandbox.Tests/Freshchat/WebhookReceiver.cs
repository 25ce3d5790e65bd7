using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sandbox.Tests.Freshchat;

/// <summary>Where an account's webhook points to: takes down every attempt and answers as it is told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly WebApplication _app;

    /// <summary>Answers an attempt; the default says 200.</summary>
    public Func<Received, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Url => $"{_app.Urls.First()}/hook";

    private WebhookReceiver(WebApplication app)
    {
        _app = app;
        app.MapPost(
            "/{**path}",
            async (HttpContext http) =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                var received = new Received(
                    http.Request.Path,
                    http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()),
                    body.ToArray()
                );
                await Answer(received, http);
                await _received.Writer.WriteAsync(received);
            }
        );
    }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next attempt that was answered.</summary>
    public async Task<Received> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next attempts, in the order of their arrival.</summary>
    public async Task<List<Received>> NextAsync(int count)
    {
        var all = new List<Received>();
        while (all.Count < count)
            all.Add(await NextAsync());
        return all;
    }

    /// <summary>Reads on until an event with this action comes.</summary>
    public async Task<JsonObject> NextAsync(string action)
    {
        while (true)
            if ((await NextAsync()).Json is var json && json.Text("action") == action)
                return json;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>One attempt as it came over the wire.</summary>
public sealed record Received(string Path, Dictionary<string, string> Headers, byte[] Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
    public string Retry => Headers["X-Retry-Count"];
    public string Signature => Headers["X-Freshchat-Signature"];

    /// <summary>The text of a message_create, or its action.</summary>
    public string Says =>
        Json["data"]!["message"]?["message_parts"]?[0]?["text"]?["content"]?.GetValue<string>() ?? Json.Text("action");

    /// <summary>Verifies the signature with the key as the account prints it, whatever its label says.</summary>
    public bool IsSignedBy(string printedKey)
    {
        var base64 = string.Concat(printedKey.Split('\n').Where(line => !line.StartsWith('-')));
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
        return key.VerifyData(Body, Convert.FromBase64String(Signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
