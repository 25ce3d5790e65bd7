using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using System.Net;
using System.Security.Cryptography;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Support;

namespace Reliability.Tests.Fuzz;

/// <summary>One portal and the cases it meets, a batch at a time; after each batch everything acknowledged must lie in the database.</summary>
internal sealed class FuzzRun : IAsyncDisposable
{
    private const int Batch = 500;
    private const int Connections = 16;

    private readonly ConcurrentBag<(FuzzRequest Request, int Seed)> _accepted = [];
    private readonly SigningKey _second = new();
    private FarSides _sides = null!;
    private RunningPortal _portal = null!;
    private Target _target = null!;
    private long _checked;

    private FuzzRun() { }

    public FuzzReport Report { get; } = new();

    /// <param name="rejectedPerMinute">As the setting; null = as delivered.</param>
    /// <param name="paused">A paused bot stores and judges every message and answers nobody.</param>
    public static async Task<FuzzRun> StartAsync(int? rejectedPerMinute, bool paused)
    {
        var run = new FuzzRun { _sides = await FarSides.StartAsync() };
        var settings = new Dictionary<string, string?> { ["Mammut:BaseUrl"] = run._sides.MammutUrl, ["Inbox:AnswerDeadline"] = "00:00:20" };
        if (rejectedPerMinute is { } most)
            settings["Webhooks:RejectedPerMinute"] = most.ToString(CultureInfo.InvariantCulture);
        run._portal = await RunningPortal.StartAsync(settings);
        var bot = run._sides.BotSettings();
        ((Dictionary<string, object?>)bot["freshchat"]!)["publicKeys"] = new[] { run._sides.Freshchat.Key.PublicPem, run._second.PublicPem };
        var connected = await run._portal.Api.PostAsync("bots", bot);
        Assert.True(connected.Status == HttpStatusCode.Created, connected.Text);
        if (paused)
            Assert.Equal(HttpStatusCode.OK, (await run._portal.Api.PostAsync($"bots/{connected.Json["id"]}/pause")).Status);
        run._target = new(new(run._portal.Url + new Uri((string)connected.Json["webhookUrl"]!).AbsolutePath), run._sides.Freshchat, run._second);
        return run;
    }

    /// <summary>Sends the cases; memory is taken after each tenth.</summary>
    public async Task SendAsync(int firstSeed, int cases)
    {
        var since = Stopwatch.StartNew();
        var wires = new ConcurrentBag<Wire>();
        for (var sent = 0; sent < cases; )
        {
            var seeds = Enumerable.Range(firstSeed + sent, Math.Min(Batch, cases - sent));
            await Parallel.ForEachAsync(
                seeds,
                new ParallelOptions { MaxDegreeOfParallelism = Connections },
                async (seed, _) =>
                {
                    var wire = wires.TryTake(out var idle) ? idle : NewWire();
                    await TryAsync(new(seed), wire);
                    wires.Add(wire);
                }
            );
            sent += seeds.Count();
            Report.Cases += seeds.Count();
            await CheckStoredAsync();
            CheckLogs();
            // The last tenth is measured at the end.
            if (sent * 10L / cases is > 0 and < 10 and var tenths && tenths > Report.Memory.Count)
                Report.Memory.Add(await MemoryAsync());
        }
        await NoneLeftAsync(d => d.Status == DeliveryStatus.Received || d.Status == DeliveryStatus.Waiting, "messages that nobody answered");
        Report.Memory.Add(await MemoryAsync());
        while (wires.TryTake(out var wire))
            wire.Dispose();
        Report.Seconds += since.Elapsed.TotalSeconds;
        await using var db = Store.Read();
        // Each 200 is a row, or a copy counted on one.
        Assert.Equal(Report.Accepted, await db.Deliveries.SumAsync(d => d.Duplicates + 1));
        foreach (var group in await db.Deliveries.GroupBy(d => d.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync())
            Report.Deliveries[group.Key] = group.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _sides.DisposeAsync();
        _target.Dispose();
        _second.Dispose();
    }

    private PortalStore Store => _portal.Services.GetRequiredService<PortalStore>();

    private Wire NewWire() => new(_target.Address.Host, _target.Address.Port);

    private async Task TryAsync(FuzzCase @case, Wire wire)
    {
        var (request, answer, fault) = await SendAsync(@case, wire);
        Report.Count(answer?.Status, _target.IsSigned(request.Body, request.Signature));
        if (answer?.Status == 200)
            _accepted.Add((request, @case.Seed));
        if (fault is null)
            return;
        // Smaller, as long as it goes wrong in the same way.
        while (true)
        {
            var smaller = @case;
            foreach (var candidate in @case.Smaller())
            {
                var (lesser, again, same) = await SendAsync(candidate, wire);
                if (again?.Status == 200)
                    Report.Count(200);
                if (same != fault || lesser.Steps.Count == request.Steps.Count)
                    continue;
                (smaller, request) = (candidate, lesser);
                break;
            }
            if (smaller == @case)
                break;
            @case = smaller;
        }
        Report.Fail(fault, @case, request, request.Bytes("portal", @case.Random(-3)));
    }

    private async Task<(FuzzRequest Request, WireAnswer? Answer, string? Fault)> SendAsync(FuzzCase @case, Wire wire)
    {
        var request = @case.Request(_target);
        try
        {
            var bytes = request.Bytes(_target.Address.Authority, @case.Random(-3));
            var answer = await wire.SendAsync(bytes, request.EndsSending, request.Transport is Transport.Aborted, request.IsMalformed);
            return (request, answer, Verdict.On(request, answer, _target));
        }
        catch (OperationCanceledException)
        {
            wire.Dispose();
            return (request, null, "no answer in time");
        }
    }

    // Exactly these bytes; or a copy of what came before, counted on it.
    private async Task CheckStoredAsync()
    {
        await using var db = Store.Read();
        var rows = await db.Payloads.AsNoTracking().Where(p => p.DeliveryId > _checked).OrderBy(p => p.DeliveryId).ToListAsync();
        var stored = rows.Select(p => Convert.ToHexString(SHA256.HashData(p.Body))).ToHashSet(StringComparer.Ordinal);
        _checked = rows.Count > 0 ? rows[^1].DeliveryId : _checked;
        while (_accepted.TryTake(out var accepted))
        {
            var (request, seed) = accepted;
            if (stored.Contains(Convert.ToHexString(SHA256.HashData(request.Body))))
                continue;
            var keys = Verdict.Keys(request.Body);
            if (!await db.Deliveries.AnyAsync(d => keys.Contains(d.DedupKey)))
                Report.Fail("acknowledged and not stored", new(seed), request, request.Bytes("portal", new FuzzCase(seed).Random(-3)));
        }
    }

    private void CheckLogs()
    {
        foreach (var line in _portal.Logs.Forget().Where(l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal)))
            Report.Trouble(line);
    }

    // What is stored is applied before the memory tells anything.
    private async Task<Memory> MemoryAsync()
    {
        await NoneLeftAsync(d => d.Status == DeliveryStatus.Received, "deliveries that nobody applied");
        CheckLogs();
        for (var times = 0; times < 2; times++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return new(GC.GetTotalMemory(false), Environment.WorkingSet);
    }

    private async Task NoneLeftAsync(Expression<Func<Delivery, bool>> which, string what)
    {
        try
        {
            await Eventually.BecomesAsync(CountAsync, left => left == 0, what);
        }
        catch (TimeoutException)
        {
            CheckLogs();
            Report.Trouble($"{await CountAsync()} {what}");
        }

        async Task<int> CountAsync()
        {
            await using var db = Store.Read();
            return await db.Deliveries.CountAsync(which);
        }
    }
}
