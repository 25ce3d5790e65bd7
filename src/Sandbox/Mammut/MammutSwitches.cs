using Sandbox.Control;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Graph;

namespace Sandbox.Mammut;

/// <summary>What can be turned on the simulated platform (mammut.md 10). A count says for how many requests: -1 means all.</summary>
internal static class MammutSwitches
{
    public static Switch<TimeSpan> Delay { get; } =
        OfBot(
            "delay",
            TimeSpan.FromMilliseconds(150),
            "Cuánto piensa un bot antes de que su respuesta esté en la sala.",
            "How long a bot thinks before its answer is in the room."
        );

    public static Switch<bool> Silence { get; } =
        OfBot(
            "silence",
            false,
            "Los bots no contestan a lo que se dice mientras está activo.",
            "Bots do not answer what is said while this is on."
        );

    public static Switch<TimeSpan> SplitAnswer { get; } =
        OfBot(
            "split-answer",
            TimeSpan.Zero,
            "Pausa entre los pensamientos de una respuesta, que entonces son dos; cero la desactiva.",
            "Pause between the thoughts of an answer, which has two then; zero is off."
        );

    public static Switch<bool> DuplicateThought { get; } =
        OfBot(
            "duplicate-thought",
            false,
            "Los bots lo dicen todo dos veces, en dos pensamientos.",
            "Bots say everything twice, as two thoughts."
        );

    public static Switch<IssuePlace> IssuePlace { get; } =
        OfBot(
            "issue-place",
            Brain.IssuePlace.VisitorThought,
            "De qué cuelga un issue: del pensamiento del visitante, de él con un texto del bot detrás, o de ese texto.",
            "Where an issue hangs: on the visitor's thought, on it with a text of the bot after it, or on that text."
        );

    public static Switch<string> IssueType { get; } =
        OfBot(
            "issue-type",
            "ThoughtOfferToBeLearned",
            "Cómo se escribe el tipo del ofrecimiento de aprender.",
            "How the type of the offer to be taught is spelled."
        );

    public static Switch<GraphRequest> FaultsAt { get; } =
        OfPlatform(
            "faults-at",
            GraphRequest.Any,
            "Las únicas peticiones a las que afectan los fallos contados de abajo.",
            "The only requests that the counted faults below apply to."
        );

    public static Switch<int> Unavailable { get; } = OfPlatform("unavailable", 0, "Responde 503.", "Answers 503.");

    public static Switch<int> FailedAs200 { get; } =
        OfPlatform(
            "failed-as-200",
            0,
            "Responde 200 con status Failed y no hace nada.",
            "Answers 200 with status Failed and does nothing."
        );

    public static Switch<int> MalformedJson { get; } =
        OfPlatform(
            "malformed-json",
            0,
            "Responde un JSON que se interrumpe y no hace nada.",
            "Answers JSON that breaks off and does nothing."
        );

    public static Switch<int> Html { get; } =
        OfPlatform("html", 0, "Responde 200 con una página web y no hace nada.", "Answers 200 with a web page and does nothing.");

    public static Switch<int> CutConnection { get; } =
        OfPlatform(
            "cut-connection",
            0,
            "Corta la conexión y no hace nada.",
            "Cuts the connection and does nothing."
        );

    public static Switch<int> LostAnswer { get; } =
        OfPlatform(
            "lost-answer",
            0,
            "Hace lo que pide un POST y después corta la conexión.",
            "Does what a POST asks for, then cuts the connection."
        );

    public static Switch<bool> SecondsOnly { get; } =
        OfPlatform(
            "seconds-only",
            true,
            "Las fechas se cortan a segundos enteros, como siempre se han visto.",
            "Dates are cut to whole seconds, as the platform's were always seen."
        );

    public static Switch<bool> ExclusiveSince { get; } =
        OfPlatform(
            "exclusive-since",
            false,
            "since(\"FECHA\") deja fuera lo que lleva exactamente esa fecha.",
            "since(\"DATE\") leaves out what bears exactly that date."
        );

    public static Switch<TimeSpan> ClockShift { get; } =
        OfPlatform(
            "clock-shift",
            TimeSpan.Zero,
            "Cuánto adelanta el reloj de la plataforma; negativo si atrasa.",
            "How far the platform's clock is ahead; negative when it is behind."
        );

    public static Switch<bool> RequireMainEmail { get; } =
        OfPlatform(
            "require-main-email",
            false,
            "Responde 400 a un visitante sin main-email, como haría una instalación estricta.",
            "Answers 400 to a visitor without main-email, as a strict deployment might."
        );

    /// <summary>All of them, in the order people read them.</summary>
    public static Switch[] All { get; } =
    [
        Delay,
        Silence,
        SplitAnswer,
        DuplicateThought,
        IssuePlace,
        IssueType,
        FaultsAt,
        Unavailable,
        FailedAs200,
        MalformedJson,
        Html,
        CutConnection,
        LostAnswer,
        SecondsOnly,
        ExclusiveSince,
        ClockShift,
        RequireMainEmail,
    ];

    private static Switch<T> OfBot<T>(string name, T untouched, string spanish, string english)
        where T : notnull => new("mammut", name, SwitchGroup.Bot, untouched, spanish, english);

    private static Switch<T> OfPlatform<T>(string name, T untouched, string spanish, string english)
        where T : notnull => new("mammut", name, SwitchGroup.Platform, untouched, spanish, english);
}
