using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Reliability.Tests.Model.Portal;
using Reliability.Tests.Model.Schedules;
using Reliability.Tests.Model.Simulation;

namespace Reliability.Tests.Model;

/// <summary>Runs one schedule to its end and judges it.</summary>
internal static class Run
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(30);

    /// <summary>Returns the world as it came to rest; throws with the story when the invariant is broken.</summary>
    public static World ToTheEnd(Template template, Schedule schedule)
    {
        var connection = template.Copy();
        var world = new World(template, schedule, connection);
        try
        {
            OneThread.Run(world.Time, () => PlayAsync(world, schedule));
        }
        catch (Exception e)
        {
            world.Watch.Broken(e.ToString());
        }
        world.Nodes.Close();
        template.Delete(connection);
        return world.Watch.Violations.Count == 0
            ? world
            : throw new InvariantBrokenException($"{string.Join('\n', world.Watch.Violations)}\n{world.Watch.Story}");
    }

    private static async Task PlayAsync(World world, Schedule schedule)
    {
        await world.Nodes.StartAsync();
        foreach (var step in schedule.Steps)
        {
            await world.PassAsync(step.Pause);
            world.Watch.Tell($"-- {step.Words}");
            await step.DoAsync(world);
            if (world.Watch.Violations.Count > 0)
                return;
        }
        await DrainAsync(world);
        foreach (var broken in Invariant.Broken(world))
            world.Watch.Broken(broken);
        await using (var db = world.Nodes[1].Get<PortalStore>().Read())
        {
            foreach (var broken in await Invariant.BrokenInTheBooksAsync(world, db))
                world.Watch.Broken(broken);
        }
    }

    // Nothing fails any more, the token is the right one, what was given up is tried again, and time passes until nobody has anything
    // left to do.
    private static async Task DrainAsync(World world)
    {
        world.Watch.Tell("-- all is well again");
        world.Faults.Clear();
        foreach (var node in world.Nodes.Up)
            node.CrashAtCommit(int.MaxValue, after: false);
        for (var passed = TimeSpan.Zero; passed < LongestDrain; passed += Step)
        {
            await world.PassAsync(Step);
            if (!world.Quiet)
                continue;
            await using var db = world.Nodes[1].Get<PortalStore>().Read();
            if (await db.Bots.AnyAsync(b => b.TokenRefusedAt != null))
                await world.SaveTokenAsync();
            else if (await db.Conversations.AnyAsync(c => c.BlockedByTurnId != null))
                await world.TryAgainAsync();
            else if (!await db.Turns.AnyAsync(t => t.EndedAt == null)
                && !await db.Deliveries.AnyAsync(d => d.Status == DeliveryStatus.Received || d.Status == DeliveryStatus.Waiting))
                return;
        }
    }
}

/// <summary>What was broken, and the story that led to it.</summary>
internal sealed class InvariantBrokenException(string message) : Exception(message);
