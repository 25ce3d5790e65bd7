using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Sandbox.Freshchat.Conversations;

/// <summary>How conversations are found by what clients call them.</summary>
internal static class FindConversations
{
    /// <summary>Conversations with their customer and topic.</summary>
    public static IQueryable<Conversation> Conversations(this SandboxDb db) =>
        db.Set<Conversation>().Include(c => c.User).Include(c => c.Topic);

    /// <summary>By GUID, by number, or by any spelling an older webhook used; null when there is none.</summary>
    public static Task<Conversation?> FindConversation(this SandboxDb db, string reference, CancellationToken cancel)
    {
        if (IdForms.UserIn(reference) is { } user)
            return db.Conversations()
                .Where(c => c.UserId == user)
                .OrderByDescending(c => c.UpdatedTime)
                .FirstOrDefaultAsync(cancel);
        if (long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return db.Conversations().SingleOrDefaultAsync(c => c.NumericId == number, cancel);
        var id = IdForms.Canonical(reference);
        return db.Conversations().SingleOrDefaultAsync(c => c.Id == id, cancel);
    }

    /// <summary>The newest conversation of a customer about a topic; the others are superseded.</summary>
    public static Task<Conversation?> Latest(this SandboxDb db, string userId, string topicId, CancellationToken cancel) =>
        db.Conversations()
            .Where(c => c.UserId == userId && c.TopicId == topicId)
            .OrderByDescending(c => c.CreatedTime)
            .FirstOrDefaultAsync(cancel);
}
