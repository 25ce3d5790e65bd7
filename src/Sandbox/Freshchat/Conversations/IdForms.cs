using System.Text.RegularExpressions;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Webhooks;

namespace Sandbox.Freshchat.Conversations;

/// <summary>How the generations spell the ids of users and conversations (freshchat.md 7), and back.</summary>
internal static partial class IdForms
{
    private const string Alias = "_alias";

    /// <summary>The conversation's id as webhooks of this generation carry it.</summary>
    public static string Of(Conversation conversation, string appId, PayloadGeneration generation) =>
        generation switch
        {
            PayloadGeneration.Y2018 => $"{appId}_{conversation.UserId}_feedback",
            PayloadGeneration.Y2021 => Digits(conversation.Id),
            _ => conversation.Id,
        };

    /// <summary>The user's id as webhooks of this generation carry it.</summary>
    public static string Of(User user, PayloadGeneration generation) =>
        generation == PayloadGeneration.Y2021 ? $"{user.FirstName}{Alias}{Digits(user.Id)}" : user.Id;

    /// <summary>The GUID behind any spelling of a user's or a conversation's id; other texts come back as they are.</summary>
    public static string Canonical(string id)
    {
        var alias = id.LastIndexOf(Alias, StringComparison.Ordinal);
        return Guid.TryParse(alias < 0 ? id : id[(alias + Alias.Length)..], out var guid) ? guid.ToString() : id;
    }

    /// <summary>The user named in a conversation id of the 2018 form; null when it has another form.</summary>
    public static string? UserIn(string conversationId) =>
        Feedback().Match(conversationId) is { Success: true } match ? match.Groups["user"].Value : null;

    private static string Digits(string guid) => guid.Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex("^[0-9a-f-]{36}_(?<user>[0-9a-f-]{36})_feedback$")]
    private static partial Regex Feedback();
}
