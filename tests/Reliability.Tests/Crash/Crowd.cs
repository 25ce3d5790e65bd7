using Support;

namespace Reliability.Tests.Crash;

/// <summary>
/// The load: customers who write in bursts, each in a conversation of her own, and mostly wait a while for the answer; agents who take
/// over now and then - by writing or by assigning - and mostly resolve what they took.
/// </summary>
internal sealed class Crowd(SandboxControl sandbox, Ledger ledger, string agentId, int customers, int seed)
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
        var last = new Marker(number, 0);
        var attended = TimeProvider.System.GetTimestamp();
        // The first ones are attended early: a short run has take-overs too.
        var alone = Seconds(chance, 0.5, 8);
        while (!stop.IsCancellationRequested)
        {
            var conversation = "";
            for (var burst = chance.Next(1, 4); burst > 0; burst--)
            {
                conversation = await WriteAsync(visitor, last = last.Next, chance);
                await PauseAsync(Seconds(chance, 0, 0.15), stop);
            }
            if (TimeProvider.System.GetElapsedTime(attended) > alone && !stop.IsCancellationRequested)
            {
                var attending = AttendAsync(conversation, chance.Next(2) == 0, Seconds(chance, 0.2, 2), chance.Next(100) < 90, stop);
                // She goes on writing while the agent attends her.
                await WriteAsync(visitor, last = last.Next, chance);
                await attending;
                (attended, alone) = (TimeProvider.System.GetTimestamp(), Seconds(chance, 4, 16));
            }
            await WaitForAnswerAsync(last, chance.Next(100) < 70 ? TimeSpan.FromSeconds(6) : TimeSpan.Zero, stop);
            await PauseAsync(Seconds(chance, 0.1, 1.5), stop);
        }
    }

    private Task<string> WriteAsync(string visitor, Marker marker, Random chance) =>
        sandbox.WriteAsync(visitor, Shop, $"{(chance.Next(100) < 4 ? Unknown : Known[chance.Next(Known.Length)])} {marker}");

    private async Task WaitForAnswerAsync(Marker question, TimeSpan patience, CancellationToken stop)
    {
        var asked = TimeProvider.System.GetTimestamp();
        while (!ledger.Answered(question) && TimeProvider.System.GetElapsedTime(asked) < patience && !stop.IsCancellationRequested)
            await PauseAsync(TimeSpan.FromMilliseconds(100), stop);
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
