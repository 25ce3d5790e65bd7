using System.Buffers;
using System.Net;
using Benchmarks.Load;
using Core.Bots;
using Core.Freshchat;
using Core.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Servers;

/// <summary>What the portal is measured against: reads the body and answers, with or without verifying the signature; stores nothing.</summary>
internal static class BareServer
{
    public static async Task<int> RunAsync(string folder, bool verify)
    {
        var key = FreshchatKey.Read(Account.Of(folder).PublicKey()).Value!;
        BotKey[] keys = [new BotKey { Spki = key.Spki, Fingerprint = key.Fingerprint, Bits = key.Bits }];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.MapPost(
            "/{webhook}",
            async (HttpContext context) =>
            {
                var body = await ReadAsync(context.Request);
                if (verify && FreshchatSignature.Verify(body, context.Request.Headers[FreshchatSignature.Header], keys).Result is not SignatureResult.Valid)
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.ContentLength = 0;
            }
        );
        await app.StartAsync();
        Console.WriteLine($"Open {app.Urls.Single()}/");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async ValueTask<byte[]> ReadAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
