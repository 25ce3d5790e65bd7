using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Benchmarks.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.FarSides;

/// <summary>
/// Freshchat and Mammut in a process of their own, answering at once and cheaply: just enough of the contracts for a bot to be
/// connected and to answer every message with one text.
/// </summary>
internal sealed class FarServer(Account account, TurnTimes times, Echoes echoes)
{
    private readonly FreshchatAnswers _freshchat = new(account, times, echoes);
    private readonly MammutAnswers _mammut = new(times);

    public static async Task<int> RunAsync(string folder)
    {
        var account = Account.Of(folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        using var echoes = new Echoes(account);
        var server = new FarServer(account, new TurnTimes(), echoes);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        Console.WriteLine($"Open {app.Urls.Single()}/");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var arrived = Stopwatch.GetTimestamp();
        var request = context.Request;
        var path = request.Path.Value!;
        var body = request.ContentLength is > 0 ? await BodyAsync(request) : [];
        if (path.StartsWith("/benchmark/", StringComparison.Ordinal))
        {
            await OwnAsync(context, path, body);
            return;
        }
        var answer = path.StartsWith("/mammut/", StringComparison.Ordinal)
            ? _mammut.Answer(request.Method, path, body, arrived)
            : _freshchat.Answer(request.Method, path, request.QueryString.Value ?? "", body, arrived);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    // What the benchmark itself asks: where echoes go, and when what happened.
    private async Task OwnAsync(HttpContext context, string path, byte[] body)
    {
        if (path.EndsWith("webhook", StringComparison.Ordinal))
            echoes.SendTo(body.Length > 0 ? new Uri(Encoding.UTF8.GetString(body)) : null);
        else
            await context.Response.WriteAsync(
                JsonSerializer.Serialize(new FarResults(times.Take(), echoes.Sent, echoes.Failed, _freshchat.HandOvers))
            );
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        var body = new byte[(int)request.ContentLength!.Value];
        await request.Body.ReadExactlyAsync(body);
        return body;
    }
}

/// <summary>What the far sides saw.</summary>
/// <param name="Messages">Every customer message that was said or answered.</param>
/// <param name="Echoes">Echoes that the portal took.</param>
/// <param name="EchoesFailed">Echoes that it did not take.</param>
/// <param name="HandOvers">Conversations that were given to people: a turn that failed.</param>
internal sealed record FarResults(IReadOnlyList<MessageTimes> Messages, int Echoes, int EchoesFailed, int HandOvers);

/// <summary>JSON of the far sides.</summary>
internal static class FarJson
{
    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    public static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
