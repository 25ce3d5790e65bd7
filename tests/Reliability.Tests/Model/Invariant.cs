using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model;

/// <summary>
/// The invariant, judged by what the far sides hold and not by what the portal believes. What can be seen while it happens is seen by
/// <see cref="Watch"/>; this is what must hold when everything has come to rest.
/// </summary>
internal static class Invariant
{
    /// <summary>What is broken, in words.</summary>
    public static IEnumerable<string> Broken(World world)
    {
        foreach (var said in world.Mammut.Said.SelectMany(t => t.Text.Split('\n')).GroupBy(text => text).Where(g => g.Count() > 1))
            yield return $"said {said.Count()} times: {said.Key}";
        foreach (var chat in world.Freshchat.Chats)
        {
            foreach (var broken in Posted(world, chat).Concat(Answered(world, chat)))
                yield return $"chat {chat.Number}: {broken}";
        }
    }

    /// <summary>What is broken in the portal's own books: nothing acknowledged is lost or left lying.</summary>
    public static async Task<IReadOnlyList<string>> BrokenInTheBooksAsync(World world, PortalDb db)
    {
        var broken = new List<string>();
        var keys = await db.Deliveries.Select(d => d.DedupKey).ToListAsync();
        broken.AddRange(world.Watch.AcknowledgedEvents.Where(e => !keys.Contains(e.Key)).Select(e => $"acknowledged, but lost: {e.Message?.Id ?? e.Meaning.ToString()}"));
        foreach (var left in await db.Deliveries.Where(d => d.Status == DeliveryStatus.Received || d.Status == DeliveryStatus.Waiting).ToListAsync())
            broken.Add($"left lying: {left.MessageId ?? left.Action} is {left.Status}");
        foreach (var turn in await db.Turns.Where(t => t.EndedAt == null).ToListAsync())
            broken.Add($"left unfinished: turn {turn.Id} in stage {turn.Stage}");
        return broken;
    }

    private static IEnumerable<string> Posted(World world, Chat chat)
    {
        var posted = chat.Messages.Where(m => m.Actor == FreshchatModel.BotAgent).ToList();
        // The bot's texts are all different here; the portal's own come once per episode (freshchat.md 12.6).
        foreach (var twice in posted.GroupBy(m => (m.Text, m.Episode)).Where(g => g.Count() > 1))
            yield return $"posted {twice.Count()} times: {twice.Key.Text}";
        var thoughts = world.Mammut.Thoughts.Where(t => t.Sender == MammutModel.Bot).Select(t => t.Text).ToList();
        var order = posted.Select(m => thoughts.IndexOf(m.Text!)).Where(at => at >= 0).ToList();
        if (order.Distinct().Count() < order.Count)
            yield return "a text of the bot was posted twice, in two episodes";
        if (!order.SequenceEqual(order.Order()))
            yield return $"posted out of order: {string.Join(", ", posted.Select(m => m.Text))}";
    }

    // Every message that was the bot's to answer led to a reply or to people, unless the conversation was closed over it.
    private static IEnumerable<string> Answered(World world, Chat chat)
    {
        foreach (var asked in chat.Events.Where(e => e.Message?.Actor == chat.User))
        {
            var message = asked.Message!;
            var later = chat.Events.Where(e => e.At > message.At);
            var owned = chat.Events.Where(e => e.At < message.At && (e.TakesFromBot || e.Meaning is Meaning.BotIsBack)).MaxBy(e => e.At)?.Meaning;
            if (owned is Meaning.PeopleTakeOver or Meaning.HandedOver || later.Any(e => e.TakesFromBot || e.Closes))
                continue;
            // A picture is a part of the turn that its neighbours make, or leads to people (freshchat.md 10).
            if (message.Text is null && chat.Messages.Any(m => m.Actor == FreshchatModel.BotAgent && m.At > message.At))
                continue;
            var said = world.Mammut.Said.FirstOrDefault(t => message.Text is { } text && t.Text.Split('\n').Contains(text));
            var answers = world.Mammut.Thoughts.Where(t => t.To is not null && t.To == said).Select(t => t.Text);
            if (!answers.Any(text => chat.Messages.Any(m => m.Actor == FreshchatModel.BotAgent && m.Text == text)))
                yield return $"nobody answered {message.Id} ({message.Text ?? "a picture"}), {(said is null ? "never said to the bot" : $"said as thought {said.Id}")}";
        }
    }
}
