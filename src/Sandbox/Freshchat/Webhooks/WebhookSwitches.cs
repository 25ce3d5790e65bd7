using System.Globalization;
using Sandbox.Control;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>How a bad signature is bad.</summary>
internal enum SignatureFault
{
    WrongKey,
    WrongBody,
    HeaderMissing,
    NotBase64,
}

/// <summary>How webhooks are sent, and how they go wrong (freshchat.md 9.5, 14.3).</summary>
internal static class WebhookSwitches
{
    public static Switch<int> RetryCount { get; } =
        Of(
            "retry-count",
            5,
            "Repeticiones de un webhook después del primer intento.",
            "Repeats of a webhook after its first attempt."
        );

    public static Switch<string> RetryPauses { get; } =
        Of(
            "retry-pauses",
            "1,2,4,8,15",
            "Segundos antes de cada repetición, separados por comas; el último vale para las demás.",
            "Seconds before each repeat, separated by commas; the last one holds for all further repeats."
        );

    public static Switch<TimeSpan> Timeout { get; } =
        Of(
            "webhook-timeout",
            TimeSpan.FromSeconds(3),
            "Cuánto puede tardar un receptor en responder a un webhook.",
            "How long a receiver may take to answer a webhook."
        );

    public static Switch<bool> FailureMail { get; } =
        Of(
            "failure-mail",
            true,
            "Tras la última repetición se envía un correo de aviso, que se ve en esta página.",
            "After the last repeat a failure mail is sent, shown on this page."
        );

    public static Switch<int> Duplicate { get; } =
        Of("duplicate-webhook", 0, "Un webhook se envía dos veces, con los mismos bytes.", "A webhook is sent twice, with the same bytes.");

    public static Switch<TimeSpan> DuplicatePause { get; } =
        Of(
            "duplicate-pause",
            TimeSpan.Zero,
            "Cuánto después llega la copia; cero es a la vez.",
            "How much later the copy comes; zero is at once."
        );

    public static Switch<int> Lost { get; } =
        Of(
            "lost-webhook",
            0,
            "El primer intento de un webhook se pierde; lo que pasa después llega antes que su repetición.",
            "The first attempt of a webhook gets lost; what happens later arrives before its repeat."
        );

    public static Switch<TimeSpan> StateEventsLate { get; } =
        Of(
            "state-events-late",
            TimeSpan.Zero,
            "Cuánto se retrasan asignaciones, resoluciones y reaperturas mientras los mensajes siguen; cero la desactiva.",
            "How late assignments, resolutions and reopenings come while messages go on; zero is off."
        );

    public static Switch<int> BadSignature { get; } =
        Of("bad-signature", 0, "Un webhook lleva una firma mala en todos sus intentos.", "A webhook carries a bad signature in all its attempts.");

    public static Switch<SignatureFault> BadSignatureKind { get; } =
        Of("bad-signature-kind", SignatureFault.WrongKey, "Por qué es mala la firma.", "Why the signature is bad.");

    public static Switch<int> ForeignAccount { get; } =
        Of(
            "foreign-account",
            0,
            "Un webhook, bien firmado, lleva el app_id de otra cuenta.",
            "A webhook, correctly signed, carries another account's app_id."
        );

    /// <summary>All of them, in the order people read them.</summary>
    public static Switch[] All { get; } =
    [
        RetryCount,
        RetryPauses,
        Timeout,
        FailureMail,
        Duplicate,
        DuplicatePause,
        Lost,
        StateEventsLate,
        BadSignature,
        BadSignatureKind,
        ForeignAccount,
    ];

    /// <summary>The pause before repeat number <paramref name="retry"/> (from 1); a second where the switch holds no number.</summary>
    public static TimeSpan PauseBefore(this SwitchBoard board, int retry)
    {
        var pauses = board.Get(RetryPauses).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = pauses.Length == 0 ? "" : pauses[Math.Min(retry, pauses.Length) - 1];
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(1);
    }

    private static Switch<T> Of<T>(string name, T untouched, string spanish, string english)
        where T : notnull => new("freshchat", name, SwitchGroup.Webhooks, untouched, spanish, english);
}
