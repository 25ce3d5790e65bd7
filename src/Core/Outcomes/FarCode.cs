namespace Core.Outcomes;

/// <summary>The stable codes of <see cref="FarFailure"/> that both far sides share; each is also the key of a localised sentence.</summary>
public static class FarCode
{
    /// <summary>401.</summary>
    public const string TokenRefused = "token_refused";

    /// <summary>403: scope or plan.</summary>
    public const string TokenForbidden = "token_forbidden";

    /// <summary>404 without a better name.</summary>
    public const string NotFound = "not_found";

    /// <summary>429, answered or remembered.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>4xx without a better name.</summary>
    public const string Refused = "refused";

    /// <summary>3xx.</summary>
    public const string Redirected = "redirected";

    /// <summary>2xx with a web page, nothing, or JSON of another shape: probably the wrong host.</summary>
    public const string NotJson = "not_json";

    /// <summary>5xx.</summary>
    public const string ServerError = "server_error";

    /// <summary>No answer in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The host refuses connections or cannot be reached.</summary>
    public const string ConnectionFailed = "connection_failed";

    /// <summary>The host name does not resolve.</summary>
    public const string HostUnknown = "host_unknown";

    /// <summary>Not sent: the host is on a private network, where an admin's word is not enough to be asked (portal.md 2).</summary>
    public const string HostPrivate = "host_private";

    /// <summary>The secure connection could not be made: certificate or protocol.</summary>
    public const string SecureConnectionFailed = "secure_connection_failed";

    /// <summary>The connection broke after the request was on its way.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>Not sent: the host failed too often a moment ago.</summary>
    public const string CircuitOpen = "circuit_open";

    /// <summary>Not sent: too many requests of our own are under way.</summary>
    public const string Busy = "busy";

    /// <summary>The answer is larger than is read.</summary>
    public const string TooLarge = "answer_too_large";
}
