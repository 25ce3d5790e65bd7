namespace Core.Freshchat;

/// <summary>Where and as whom to call Freshchat (freshchat.md 2).</summary>
/// <param name="ChatUrl">The "Chat URL" verbatim, as the admin page shows it.</param>
/// <param name="ApiToken">The API token; a pasted leading <c>Bearer</c> is tolerated.</param>
/// <param name="AppId">App ID of the account, when it is known: rate limits are shared by it.</param>
public sealed record FreshchatAccount(string ChatUrl, string ApiToken, string? AppId = null)
{
    /// <summary>
    /// A token as it is stored and sent: without blanks around it and without a pasted leading <c>Bearer</c> (freshchat.md 2.2).
    /// </summary>
    public static string CleanToken(string pasted)
    {
        const string scheme = "Bearer ";
        var token = pasted.Trim();
        while (token.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            token = token[scheme.Length..].TrimStart();
        return token;
    }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"{nameof(FreshchatAccount)} {{ ChatUrl = {ChatUrl}, AppId = {AppId} }}";
}

/// <summary>Both ids of a conversation: the GUID is tried first, the number on 404 (freshchat.md 5.6).</summary>
/// <param name="Id">The GUID, <c>conversation_id</c>.</param>
/// <param name="NumericId">The number, <c>freshchat_conversation_id</c> or <c>conversation_internal_id</c>, when it is known.</param>
public sealed record ConversationIds(string Id, string? NumericId = null);
