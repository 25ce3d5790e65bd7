using System.Globalization;
using System.Text;

namespace Benchmarks.Load;

/// <summary>
/// A <c>message_create</c> of the 2025 generation (freshchat.md 7) of exactly <see cref="Bytes"/> bytes: optional fields are left out
/// and the text is filled up.
/// </summary>
internal static class WebhookMessage
{
    public const int Bytes = 700;

    /// <summary>What a text begins with; the number behind it names the message on every way.</summary>
    public const string Mark = "Pregunta ";

    public const int Digits = 7;

    public static byte[] OfCustomer(Account account, int number, Guid conversation, Guid customer, DateTimeOffset at) =>
        Padded(account, "user", customer.ToString(), conversation.ToString(), Guid.NewGuid().ToString(), at, $"{Mark}{number:D7} ");

    /// <summary>The echo of a message that was posted through the API (freshchat.md 14.2, row 3).</summary>
    public static byte[] Echo(Account account, string conversation, string message, DateTimeOffset at, string text) =>
        Encoding.UTF8.GetBytes(Json(account, "agent", account.AgentId, conversation, message, at, text));

    private static byte[] Padded(Account account, string actor, string actorId, string conversation, string message, DateTimeOffset at, string text)
    {
        var missing = Bytes - Encoding.UTF8.GetByteCount(Json(account, actor, actorId, conversation, message, at, text));
        return Encoding.UTF8.GetBytes(Json(account, actor, actorId, conversation, message, at, text + new string('x', missing)));
    }

    private static string Json(Account account, string actor, string actorId, string conversation, string message, DateTimeOffset at, string text)
    {
        var time = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return $$$$"""{"actor":{"actor_type":"{{{{actor}}}}","actor_id":"{{{{actorId}}}}"},"action":"message_create","action_time":"{{{{time}}}}","data":{"message":{"message_parts":[{"text":{"content":"{{{{text}}}}"}}],"app_id":"{{{{account.AppId}}}}","actor_id":"{{{{actorId}}}}","id":"{{{{message}}}}","channel_id":"ee8f6454-f178-4ec7-b609-912fe2e7a724","conversation_id":"{{{{conversation}}}}","freshchat_conversation_id":"904417330215862","interaction_id":"904417330215862-1772442903981","message_type":"normal","actor_type":"{{{{actor}}}}","created_time":"{{{{time}}}}"}}}""";
    }
}
