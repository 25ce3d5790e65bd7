using System.Text.Json.Nodes;

namespace Reliability.Tests.FaultMatrix;

/// <summary>The sandbox's ledger, as far as the matrix asks it. Times are milliseconds on one clock.</summary>
internal sealed class FarSideHistory(IReadOnlyList<JsonNode> lines)
{
    /// <summary>What the portal posted into a conversation, in order.</summary>
    public IReadOnlyList<(string Text, double ArrivedAt, double StoredAt)> Replies(string conversation) =>
        [
            .. Of("message", conversation)
                .Where(m => (bool)m["byApi"]!)
                .Select(m => ((string)m["text"]!, (double)m["arrivedAt"]!, (double)m["storedAt"]!)),
        ];

    /// <summary>When the portal first gave a conversation to a group; null when it never did.</summary>
    public double? HandedOverAt(string conversation) =>
        (double?)Of("assignment", conversation).FirstOrDefault(a => (string?)a["askedGroupId"] is { Length: > 0 })?["storedAt"];

    /// <summary>When a message was stored.</summary>
    public double StoredAt(string message) => (double)lines.Single(l => Kind(l) == "message" && (string?)l["id"] == message)["storedAt"]!;

    /// <summary>When the portal first acknowledged the webhook of a message; null when it never did.</summary>
    public double? AcknowledgedAt(string message) =>
        (double?)
            lines.FirstOrDefault(l => Kind(l) == "webhook" && (string?)l["messageId"] == message && (int?)l["status"] is >= 200 and < 300)?["answeredAt"];

    /// <summary>How often a text was said to the bot by anybody.</summary>
    public int SaidToBot(string text) => lines.Count(l => Kind(l) == "thought" && !(bool)l["byBot"]! && (string?)l["text"] == text);

    private IEnumerable<JsonNode> Of(string kind, string conversation) =>
        lines.Where(l => Kind(l) == kind && (string?)l["conversationId"] == conversation);

    private static string? Kind(JsonNode line) => (string?)line["kind"];
}
