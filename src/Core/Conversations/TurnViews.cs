using System.Globalization;

namespace Core.Conversations;

/// <summary>Shapes turns for reading; pure.</summary>
internal static class TurnViews
{
    public static TurnView Of(Turn turn, IEnumerable<Message> messages) =>
        new(
            turn.Id.ToString(CultureInfo.InvariantCulture),
            [.. messages.Where(m => m.TurnId == turn.Id).OrderBy(m => m.CreatedAt).Select(m => m.DeliveryId.ToString(CultureInfo.InvariantCulture))],
            turn.Text,
            [.. turn.Replies.OrderBy(r => r.Id).Select(r => new ReplyView(r.Text, r.FreshchatMessageId, r.PostedAt, r.State))],
            turn.HandOver is { } h ? new(h.GroupId, h.GroupName, h.ConfirmedAt, h.Reason, h.Verdict) : null,
            [.. turn.Calls.OrderBy(c => c.At).ThenBy(c => c.Id).GroupBy(c => c.Step).Select(g => new HopView(g.Key, g.Sum(c => c.Milliseconds), g.Count(), g.Last().Code))],
            turn.Stage,
            turn.Reason,
            turn.Context,
            turn.SiteId,
            turn.SiteRulePosition,
            turn.SiteFoundIn,
            turn.StartedAt,
            turn.EndedAt
        );
}
