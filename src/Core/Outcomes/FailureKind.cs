namespace Core.Outcomes;

/// <summary>
/// What a failed call to Freshchat or Mammut means for repeating it. The kind alone decides; codes and texts are for people.
/// </summary>
public enum FailureKind
{
    /// <summary>The far side understood and refused. Repeating changes nothing.</summary>
    Refused,

    /// <summary>401, or a token that cannot be sent at all: wrong or deleted. Held until a new token is saved.</summary>
    Unauthorized,

    /// <summary>403: the token lacks the scope, or the plan lacks the API.</summary>
    Forbidden,

    /// <summary>404: no such thing.</summary>
    NotFound,

    /// <summary>429, or held back here because of an earlier one. Nothing was done; wait, then repeat.</summary>
    RateLimited,

    /// <summary>Surely not done: no connection, an open circuit, or a read that failed on the far side. May be repeated.</summary>
    Unavailable,

    /// <summary>A write that may or may not have been done. Look before repeating (freshchat.md 11, mammut.md 6.4).</summary>
    Ambiguous,

    /// <summary>A read answered 2xx with something that is not the JSON expected.</summary>
    Unreadable,

    /// <summary>A redirect; never followed (freshchat.md 2.1).</summary>
    Redirected,
}
