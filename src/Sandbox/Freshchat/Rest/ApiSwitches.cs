using Sandbox.Control;

namespace Sandbox.Freshchat.Rest;

/// <summary>How the reset header of a rate limit is spelled (freshchat.md 3.2).</summary>
internal enum ResetHeader
{
    XRateLimitReset,
    XRatelimitreset,
}

/// <summary>What the reset header of a rate limit holds (freshchat.md 3.2).</summary>
internal enum ResetValue
{
    Seconds,
    Epoch,
    EpochMilliseconds,
}

/// <summary>What becomes of the answer to a write that was carried out.</summary>
internal enum LostAnswerAs
{
    CutConnection,
    Unavailable,
}

/// <summary>When a slow request is carried out.</summary>
internal enum SlowWork
{
    /// <summary>Before the delay: done, but the caller hears of it late.</summary>
    First,

    /// <summary>After the delay, even when the caller has gone: the request was still on its way (freshchat.md 11).</summary>
    Last,
}

/// <summary>How the REST API fails (freshchat.md 14.3).</summary>
internal static class ApiSwitches
{
    public static Switch<ApiRequest> FaultsAt { get; } =
        Of(
            "faults-at",
            ApiRequest.Any,
            "Las únicas peticiones a las que afectan los fallos contados de la API.",
            "The only requests that the API's counted faults apply to."
        );

    public static Switch<int> HtmlHost { get; } =
        Of(
            "html-host",
            0,
            "La API responde 200 con una página web, como un host equivocado.",
            "The API answers 200 with a web page, as a wrong host does."
        );

    public static Switch<int> Redirect { get; } =
        Of("redirect", 0, "La API responde 302 y nombra otro host.", "The API answers 302 and names another host.");

    public static Switch<int> Unavailable { get; } =
        Of("unavailable", 0, "La API responde 503.", "The API answers 503.");

    public static Switch<int> TokenRefused { get; } =
        Of("token-refused", 0, "La API responde 401 sea cual sea el token.", "The API answers 401 whatever the token.");

    public static Switch<int> NoScope { get; } =
        Of("no-scope", 0, "La API responde 403: al token le falta un permiso.", "The API answers 403: the token lacks a scope.");

    public static Switch<int> CutConnection { get; } =
        Of(
            "cut-connection",
            0,
            "La API corta la conexión y no hace nada.",
            "The API cuts the connection and does nothing."
        );

    public static Switch<int> LostAnswer { get; } =
        Of(
            "lost-answer",
            0,
            "Una escritura se hace, pero su respuesta se pierde.",
            "A write is carried out, but its answer gets lost."
        );

    public static Switch<LostAnswerAs> LostAnswerAs { get; } =
        Of(
            "lost-answer-as",
            Rest.LostAnswerAs.CutConnection,
            "Lo que llega en lugar de la respuesta perdida.",
            "What comes instead of the lost answer."
        );

    public static Switch<int> StoredAs400 { get; } =
        Of(
            "stored-as-400",
            0,
            "El mensaje se guarda, pero la respuesta es un 400 (TextFragment y EmailFragment).",
            "The message is stored, but the answer is a 400 (TextFragment and EmailFragment)."
        );

    public static Switch<int> RateLimit { get; } = Of("rate-limit", 0, "La API responde 429.", "The API answers 429.");

    public static Switch<TimeSpan> RateLimitWait { get; } =
        Of(
            "rate-limit-wait",
            TimeSpan.FromSeconds(2),
            "Cuánto dice un 429 que hay que esperar.",
            "How long a 429 says to wait."
        );

    public static Switch<ResetHeader> RateLimitHeader { get; } =
        Of(
            "rate-limit-header",
            ResetHeader.XRateLimitReset,
            "Cómo se escribe la cabecera del reinicio del límite.",
            "How the limit's reset header is spelled."
        );

    public static Switch<ResetValue> RateLimitValue { get; } =
        Of(
            "rate-limit-value",
            ResetValue.Seconds,
            "Qué contiene esa cabecera: segundos o un instante.",
            "What that header holds: seconds or an instant."
        );

    public static Switch<bool> RateLimitRetryAfter { get; } =
        Of("rate-limit-retry-after", true, "Un 429 lleva Retry-After.", "A 429 carries Retry-After.");

    public static Switch<int> SlowApi { get; } =
        Of("slow-api", 0, "La API responde tarde.", "The API answers late.");

    public static Switch<TimeSpan> SlowApiDelay { get; } =
        Of("slow-api-delay", TimeSpan.FromSeconds(30), "Cuánto tarda entonces.", "How long it takes then.");

    public static Switch<SlowWork> SlowApiWork { get; } =
        Of(
            "slow-api-work",
            SlowWork.First,
            "Si hace el trabajo antes de la demora o después, aunque ya nadie espere.",
            "Whether it works before the delay or after it, even if nobody waits any more."
        );

    /// <summary>All of them, in the order people read them.</summary>
    public static Switch[] All { get; } =
    [
        FaultsAt,
        HtmlHost,
        Redirect,
        Unavailable,
        TokenRefused,
        NoScope,
        CutConnection,
        LostAnswer,
        LostAnswerAs,
        StoredAs400,
        RateLimit,
        RateLimitWait,
        RateLimitHeader,
        RateLimitValue,
        RateLimitRetryAfter,
        SlowApi,
        SlowApiDelay,
        SlowApiWork,
    ];

    private static Switch<T> Of<T>(string name, T untouched, string spanish, string english)
        where T : notnull => new("freshchat", name, SwitchGroup.Api, untouched, spanish, english);
}
