using Core.Outcomes;

namespace Core.Freshchat;

/// <summary>What Freshchat's error answers mean (freshchat.md 3.1, 11). Pure.</summary>
internal static class FreshchatErrors
{
    /// <summary>End of a list.</summary>
    public const string WrongPage = "wrong_page";

    private static readonly (string Words, FailureKind Kind, string Code)[] Known400 =
    [
        ("not the latest conversation", FailureKind.Refused, "superseded_conversation"),
        ("IMAGE_EMPTY_CONTENT", FailureKind.Refused, "image_refused"),
        ("Conversation payload not valid", FailureKind.Refused, "payload_not_valid"),
    ];

    private static readonly string[] Known404 = ["AGENT_NOT_FOUND", "GROUP_NOT_FOUND", "USER_NOT_FOUND", "WRONG_PAGE"];

    /// <summary>Null for a 2xx.</summary>
    public static FarFailure? Read(FarAnswer answer, bool isReply, string token)
    {
        if (answer.IsSuccess)
            return null;
        var error = FarErrorBody.Parse(answer.Body);
        var text = error.ToText(token);
        return answer.Status switch
        {
            400 => BadRequest(answer, error, isReply, text),
            404 when Known404.FirstOrDefault(word => word == error.Word) is { } word =>
                answer.Fail(FailureKind.NotFound, word.ToLowerInvariant(), text),
            _ => answer.FailByStatus(text),
        };
    }

    private static FarFailure BadRequest(FarAnswer answer, FarErrorBody error, bool isReply, string? text)
    {
        foreach (var (words, kind, code) in Known400)
        {
            if (error.Mentions(words))
                return answer.Fail(kind, code, text);
        }
        if (!isReply)
            return answer.FailByStatus(text);
        // An e-mail conversation keeps the text although it answers with an error; any other 400 nobody has explained is in the same doubt.
        return error.Mentions("TextFragment") && error.Mentions("EmailFragment")
            ? answer.Fail(FailureKind.Ambiguous, "stored_although_refused", text)
            : answer.Fail(FailureKind.Ambiguous, "refused_unclear", text);
    }
}
