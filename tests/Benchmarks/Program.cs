using Benchmarks;
using Benchmarks.FarSides;
using Benchmarks.Runs;
using Benchmarks.Servers;

// The load generator shares two cores with the server: one thread that does the work where the event arrives costs least. Set before
// the first socket, and only here: the processes under test are started without them.
foreach (var setting in ServerProcess.GeneratorSettings)
    Environment.SetEnvironmentVariable(setting.Key, setting.Value);

if (BenchmarkOptions.Parse(args, out var fault) is not { } options)
{
    await Console.Error.WriteLineAsync(fault);
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
    return 2;
}
switch (options.Command)
{
    case "serve-reading":
        return await BareServer.RunAsync(options.Folder, verify: false);
    case "serve-verifying":
        return await BareServer.RunAsync(options.Folder, verify: true);
    case "serve-far-sides":
        return await FarServer.RunAsync(options.Folder);
    default:
        break;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    await PublishedPortal.MakeAsync();
    var report = options.Command switch
    {
        "ingest" => await IngestBenchmark.RunAsync(options, stop.Token),
        "ack" => await AckBenchmark.RunAsync(options, stop.Token),
        "turns" => await TurnsBenchmark.RunAsync(options, stop.Token),
        "growth" => await GrowthBenchmark.RunAsync(options, stop.Token),
        "memory" => await MemoryBenchmark.RunAsync(options, stop.Token),
        "pages" => await PagesBenchmark.RunAsync(options, stop.Token),
        "bots" => await BotsBenchmark.RunAsync(options, stop.Token),
        _ => throw new InvalidOperationException(options.Command),
    };
    report.Print();
    if (options.Write)
        report.Write();
    return 0;
}
catch (OperationCanceledException)
{
    return 130;
}
