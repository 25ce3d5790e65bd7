using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>What can be wrong about a bot, by stable code (portal.md 3); each code has a sentence and a next step in both languages.</summary>
public static class BotErrors
{
    /// <summary>The actor's role does not allow it.</summary>
    public static Error RoleTooLow(Role needed) => new Error("role_too_low").With("role", needed.ToString());

    /// <summary>No such bot.</summary>
    public static readonly Error NotFound = new("bot_not_found");

    /// <summary>Another live or paused bot has the App ID.</summary>
    public static Error AppIdTaken(string by) => new Error("app_id_taken", "appId").With("bot", by);

    /// <summary>Another bot of the portal is joined to the same bot in Mammut, whose settings would be overwritten.</summary>
    public static Error MammutIdTaken(string by) => new Error("mammut_id_taken", "mammutId").With("bot", by);

    /// <summary>The bot has its bot in Mammut already, with everything that it has said.</summary>
    public static readonly Error MammutIdFixed = new("mammut_id_fixed", "mammutId");

    /// <summary>The step needs a bot in another state.</summary>
    public static Error WrongStatus(BotStatus status) => new Error("wrong_status").With("status", status.ToString());

    /// <summary>Somebody else has changed the bot since it was read.</summary>
    public static readonly Error VersionMismatch = new Error("version_mismatch");

    /// <summary>The stored token cannot be decrypted with the keys of this database.</summary>
    public static readonly Error TokenUnreadable = new("token_unreadable", "apiToken");

    /// <summary>A value that must be there is not.</summary>
    public static Error Required(string field) => new("required", field);

    /// <summary>A failure of Freshchat as the error of a use case, at the field that most likely caused it.</summary>
    public static Error Freshchat(FarFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var field = failure.Kind is FailureKind.Unauthorized or FailureKind.Forbidden ? "apiToken" : "chatUrl";
        return Far("freshchat", failure) with { Field = field };
    }

    /// <summary>A failure of Mammut as the error of a use case.</summary>
    public static Error Mammut(FarFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Far("mammut", failure) with { Code = "mammut_" + failure.Code };
    }

    private static Error Far(string side, FarFailure failure)
    {
        var error = new Error(failure.Code).With("side", side);
        if (failure.HttpStatus is { } status)
            error = error.With("status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return failure.Text is { Length: > 0 } text ? error.With("text", text) : error;
    }
}
