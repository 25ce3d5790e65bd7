using Core.Bots;
using Core.Conversations;

namespace Core.Webhooks;

/// <summary>Which messages reach the bot: the table of freshchat.md 10, row by row. Pure.</summary>
public static class MessageRule
{
    /// <summary>The first row that fits.</summary>
    /// <param name="bot">Whose webhook it is.</param>
    /// <param name="received">The message.</param>
    /// <param name="ownMessage">True when a POST of ours returned this message id.</param>
    /// <param name="owner">Who owned the conversation when the message was created, and owns it now.</param>
    /// <param name="rehearses">True when the bot is a draft that is being proved in this conversation.</param>
    public static MessageVerdict Judge(Bot bot, FreshchatEvent received, bool ownMessage, Owner owner, bool rehearses = false)
    {
        ArgumentNullException.ThrowIfNull(bot);
        ArgumentNullException.ThrowIfNull(received);
        var customer = received.ActorType == "user";
        if (customer && bot.Status is BotStatus.Draft && !rehearses)
            return new(Author.Customer, Disposition.Ignore, Reasons.BotDraft);
        if (customer && bot.Status is BotStatus.Paused or BotStatus.Archived)
            return new(Author.Customer, Disposition.Ignore, Reasons.BotPaused);
        if (ownMessage)
            return new(Author.Bot, Disposition.Ignore, Reasons.OwnEcho);
        if (received.Message!.PrivateNote)
            return new(Author.Note, Disposition.Ignore, Reasons.PrivateNote);
        if (received.Message.Type != "normal")
            return new(Author.System, Disposition.Ignore, Reasons.NotAUser);
        if (bot.AgentId.Length > 0 && received.ActorId == bot.AgentId)
            return new(Author.Bot, Disposition.Ignore, Reasons.OwnEcho);
        if (received.ActorType == "agent")
            return new(Author.Person, Disposition.Handle, Reasons.HumanTookOver);
        if (!customer)
            return new(Author.System, Disposition.Ignore, Reasons.NotAUser);
        return owner is Owner.People
            ? new(Author.Customer, Disposition.Ignore, Reasons.PeopleOwn)
            : new(Author.Customer, Disposition.Wait, null);
    }
}

/// <summary>What a message is and what follows.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Disposition">What becomes of the delivery.</param>
/// <param name="Reason">Why; null = it becomes a turn.</param>
public readonly record struct MessageVerdict(Author Author, Disposition Disposition, string? Reason);

/// <summary>What becomes of a delivery once its meaning is known.</summary>
public enum Disposition
{
    /// <summary>Kept, without consequence.</summary>
    Ignore,

    /// <summary>Applied at once.</summary>
    Handle,

    /// <summary>Waits to become a turn.</summary>
    Wait,
}
