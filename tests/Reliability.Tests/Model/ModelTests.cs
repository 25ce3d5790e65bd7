using System.Globalization;
using CsCheck;
using Reliability.Tests.Model.FarSides;
using Reliability.Tests.Model.Portal;
using Reliability.Tests.Model.Schedules;
using Reliability.Tests.Model.Simulation;

namespace Reliability.Tests.Model;

/// <summary>Random schedules of the real Core against simulated far sides, on a simulated clock: the invariant holds in each.</summary>
[Collection(nameof(OneThread))]
public sealed class ModelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public Task A_question_is_answered() =>
        OnOneThread(template =>
        {
            var world = Run.ToTheEnd(template, Plain(Steps.CustomerAsks(Second, 1, Reaction.AnswersTwice, Travel.Straight)));
            Assert.Equal(["user", "agent", "agent"], world.Chat(1).Messages.Select(m => m.ActorType));
        });

    [Fact]
    public Task Random_schedules_keep_the_invariant() =>
        OnOneThread(template =>
            Generate.Schedules.Sample(
                schedule => { Run.ToTheEnd(template, schedule); },
                iter: Count("MODEL_SCHEDULES", 200),
                seed: Environment.GetEnvironmentVariable("MODEL_SEED"),
                threads: 1
            )
        );

    private static Schedule Plain(params Step[] steps) => new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Second, steps);

    private static int Count(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var count) ? count : usual;

    // The test itself must not hold the only thread of the pool, so a thread of its own waits.
    private static Task OnOneThread(Action<Template> test)
    {
        var done = new TaskCompletionSource();
        new Thread(() =>
        {
            try
            {
                using var template = new Template();
                using var oneThread = new OneThread();
                template.Make();
                test(template);
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }).Start();
        return done.Task;
    }
}

/// <summary>Alone in the process: these tests shrink its pool.</summary>
[CollectionDefinition(nameof(OneThread), DisableParallelization = true)]
public sealed class OneThreadTests;
