using Core.Outcomes;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Components.Errors;

namespace Portal.Api;

/// <summary>Errors of use cases as RFC 9457 problem documents: status by code, sentence in the caller's language (docs/contracts/portal.md 3).</summary>
internal sealed class ApiProblem(ErrorText texts)
{
    public IResult Of(Error error) => Of(error, Status(error.Code));

    public IResult Of(Error error, int status)
    {
        var more = new Dictionary<string, object?> { ["code"] = error.Code };
        var cause = texts.Cause(error);
        if (error.Field is not null)
            more["errors"] = error.Also.Prepend(error).Where(e => e.Field is not null).GroupBy(e => e.Field!).ToDictionary(f => f.Key, f => f.Select(texts.Cause).ToArray());
        if (error.Arguments.TryGetValue("botId", out var botId))
            more["botId"] = botId;
        return Results.Problem(
            statusCode: status,
            type: "about:blank",
            title: ReasonPhrases.GetReasonPhrase(status),
            detail: $"{cause} {texts.NextStep(error)}".Trim(),
            extensions: more
        );
    }

    internal static int Status(string code) =>
        code switch
        {
            "version_mismatch" => StatusCodes.Status412PreconditionFailed,
            "role_too_low" => StatusCodes.Status403Forbidden,
            "bot_not_found" or "delivery_not_found" or "conversation_not_found" => StatusCodes.Status404NotFound,
            "idempotency_conflict" or "app_id_taken" or "mammut_id_taken" or "wrong_status" or "public_key_last" or "not_dead" or "mammut_id_fixed" => StatusCodes.Status409Conflict,
            "mammut_missing" or "sites_changed" or "drift_changed" or "drift_not_adoptable" => StatusCodes.Status409Conflict,
            FarCode.TokenRefused or FarCode.TokenForbidden or FarCode.NotJson or FarCode.Redirected or FarCode.HostPrivate or "token_unreadable" or "app_id_mismatch" => Refused,
            "mammut_id_unknown" or "mammut_id_not_a_bot" => Refused,
            "mammut_id_invalid" => StatusCodes.Status400BadRequest,
            _ when code.StartsWith("agent_", StringComparison.Ordinal) || code.StartsWith("group_", StringComparison.Ordinal) => Refused,
            _ when code.StartsWith("mammut_", StringComparison.Ordinal) || FarSide.Contains(code) => StatusCodes.Status502BadGateway,
            _ => StatusCodes.Status400BadRequest,
        };

    private const int Refused = StatusCodes.Status422UnprocessableEntity;

    // What a far side failed at, rather than refused.
    private static readonly HashSet<string> FarSide =
    [
        FarCode.NotFound,
        FarCode.RateLimited,
        FarCode.Refused,
        FarCode.ServerError,
        FarCode.Timeout,
        FarCode.ConnectionFailed,
        FarCode.HostUnknown,
        FarCode.SecureConnectionFailed,
        FarCode.ConnectionLost,
        FarCode.CircuitOpen,
        FarCode.Busy,
        FarCode.TooLarge,
        "too_many_pages",
        "wrong_page",
    ];
}
