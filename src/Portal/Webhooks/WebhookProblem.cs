using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Webhooks;

/// <summary>Problem documents for a machine that nobody watches: a stable code and a sentence, never a piece of the request.</summary>
internal static class WebhookProblem
{
    public static IResult Of(int status, string code) =>
        Results.Problem(
            statusCode: status,
            type: "about:blank",
            title: ReasonPhrases.GetReasonPhrase(status),
            detail: Detail(code),
            extensions: new Dictionary<string, object?> { ["code"] = code }
        );

    private static string Detail(string code) =>
        code switch
        {
            "invalid_json" => "The body is not a JSON object.",
            "app_id_missing" => "The payload names no app id, so no bot can be found; use the bot's own webhook address.",
            "app_id_mismatch" => "The app id in this payload belongs to another account.",
            "signature_missing" => "The X-Freshchat-Signature header is absent.",
            "signature_malformed" => "The X-Freshchat-Signature header is not Base64.",
            "signature_mismatch" => "No active public key of this bot verifies the body.",
            "public_key_missing" => "This bot has no public key yet, so nothing can be verified.",
            "unknown_webhook" => "No bot has this webhook address.",
            "unknown_app" => "No bot is configured for the app id in this payload.",
            "body_too_large" => "The body is larger than 1 MiB.",
            "rate_limited" => "Too many rejected requests from this address.",
            "overloaded" => "Too many webhooks are waiting to be stored; send this one again.",
            _ => "The webhook could not be stored; send it again.",
        };
}
