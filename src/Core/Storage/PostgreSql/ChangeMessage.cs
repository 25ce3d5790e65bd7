using System.Globalization;

namespace Core.Storage.PostgreSql;

/// <summary>Changes as nodes tell them to each other: <c>node;kind,bot,conversation;…</c>. Pure.</summary>
internal static class ChangeMessage
{
    // PostgreSQL carries 8,000 bytes at a time.
    private const int MostTogether = 100;

    /// <summary>As many messages as are needed.</summary>
    public static IEnumerable<string> Write(string node, IEnumerable<Change> changes) =>
        changes.Chunk(MostTogether).Select(chunk => string.Join(';', chunk.Select(Write).Prepend(node)));

    /// <summary>What the message of another node says, marked as such; nothing when it is our own. What cannot be read is left out.</summary>
    public static IEnumerable<Change> Read(string message, string node)
    {
        var parts = message.Split(';');
        return parts[0] == node ? [] : parts.Skip(1).Select(Read).OfType<Change>();
    }

    private static string Write(Change change) =>
        string.Create(CultureInfo.InvariantCulture, $"{change.Kind},{change.BotId:N},{change.ConversationId}");

    private static Change? Read(string text) =>
        text.Split(',') is [var kind, var bot, var conversation]
        && Enum.TryParse<ChangeKind>(kind, out var known)
        && Guid.TryParse(bot, out var id)
            ? new Change(id, long.TryParse(conversation, CultureInfo.InvariantCulture, out var number) ? number : null, known) { FromElsewhere = true }
            : null;
}
