using Core.Storage;

namespace Core.Bots.Connecting;

/// <summary>
/// A draft is made with the first keystroke; one whose fields were all emptied again is nobody's work, and stands in no list for people, though its
/// address still opens it.
/// </summary>
internal static class BegunDrafts
{
    /// <summary>All but drafts in which nothing is saved and nothing typed.</summary>
    public static IQueryable<Bot> Among(PortalDb db, IQueryable<Bot> bots) =>
        bots.Where(b =>
            b.Status != BotStatus.Draft
            || b.Name != ""
            || b.ChatUrl != ""
            || b.AppId != ""
            || b.AgentId != ""
            || b.ProtectedToken != null
            || b.GroupName != null
            || b.MammutId != null
            || b.DraftState != DraftState.Incomplete
            || b.DefaultContext != null
            || b.Keys.Count != 0
            || b.Sites.Count != 0
            || db.TypedDrafts.Any(t => t.BotId == b.Id)
        );
}
