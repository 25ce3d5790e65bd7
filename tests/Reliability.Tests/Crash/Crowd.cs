using Support;

namespace Reliability.Tests.Crash;

/// <summary>
/// The load: customers who write in bursts, each in a conversation of her own, and agents who take over now and then - by writing or
/// by assigning - and mostly resolve what they took.
/// </summary>
internal sealed class Crowd(SandboxControl sandbox, string agentId, int customers, int seed)
{
    private const string Shop = "comida";

    private static readonly string[] Known =
    [
        "Hola",
        "¿Cuál es el horario?",
        "¿Dónde están?",
        "¿Qué me recomienda?",
        // Two texts, of which a crash may come between.
        "¿Tienen menú sin gluten?",
        "Gracias",
    ];

    private const string Unknown = "¿Puedo pagar con bonos del ayuntamiento?";

    /// <summary>Everybody writes until <paramref name="stop"/>; ends when the last one has finished a sentence.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(1, customers).Select(number => TalkAsync(number, stop)));

    private async Task TalkAsync(int number, CancellationToken stop)
    {
        var chance = new Random(seed + number);
        var visitor = await sandbox.ArriveAsync(Shop);
        var conversation = "";
        var takeOver = TimeProvider.System.GetTimestamp();
        var patience = Seconds(chance, 2, 10);
        for (var message = 0; !stop.IsCancellationRequested; )
        {
            for (var burst = chance.Next(1, 4); burst > 0; burst--)
            {
                var question = chance.Next(100) < 6 ? Unknown : Known[chance.Next(Known.Length)];
                conversation = await sandbox.WriteAsync(visitor, Shop, $"{question} {new Marker(number, ++message)}");
                await PauseAsync(Seconds(chance, 0, 0.15), stop);
            }
            await PauseAsync(Seconds(chance, 0.3, 3), stop);
            if (TimeProvider.System.GetElapsedTime(takeOver) < patience || stop.IsCancellationRequested)
                continue;
            var attended = AttendAsync(conversation, chance.Next(2) == 0, Seconds(chance, 0.2, 2), chance.Next(100) < 85, stop);
            // The customer goes on writing while the agent attends her.
            conversation = await sandbox.WriteAsync(visitor, Shop, $"{Known[chance.Next(Known.Length)]} {new Marker(number, ++message)}");
            await attended;
            (takeOver, patience) = (TimeProvider.System.GetTimestamp(), Seconds(chance, 2, 10));
        }
    }

    private async Task AttendAsync(string conversation, bool byWriting, TimeSpan busy, bool resolves, CancellationToken stop)
    {
        if (byWriting)
            await sandbox.WriteAsAgentAsync(conversation, agentId, "Le atiendo yo.");
        else
            await sandbox.AssignAsync(conversation, agentId);
        await PauseAsync(busy, stop);
        if (resolves)
            await sandbox.ResolveAsync(conversation, agentId);
    }

    private static TimeSpan Seconds(Random chance, double least, double most) => TimeSpan.FromSeconds(least + (most - least) * chance.NextDouble());

    private static Task PauseAsync(TimeSpan pause, CancellationToken stop) =>
        Task.Delay(pause, TimeProvider.System, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
