using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Sandbox.Identity;

/// <summary>The page on which one chooses who to be.</summary>
internal static class SignInPage
{
    private sealed record Wording(
        string Language,
        string Title,
        string Lead,
        string Note,
        IReadOnlyDictionary<string, (string Role, string May)> Roles
    );

    private static readonly HtmlEncoder Html5 = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly Wording Spanish = new(
        "es",
        "¿Quién quiere ser?",
        "Elija una persona para entrar en el portal.",
        "Esto es un entorno de pruebas: no hay contraseñas y solo responde en este equipo.",
        new Dictionary<string, (string, string)>
        {
            ["admin"] = ("Administrador", "Puede hacerlo todo"),
            ["operator"] = ("Operador", "Pausa bots, repite entregas y cambia reglas de sitio"),
            ["viewer"] = ("Lector", "Ve bots, conversaciones y entregas; no cambia nada"),
        }
    );

    private static readonly Wording English = new(
        "en",
        "Who do you want to be?",
        "Choose a person to enter the portal.",
        "This is a sandbox: there are no passwords, and it answers on this machine only.",
        new Dictionary<string, (string, string)>
        {
            ["admin"] = ("Administrator", "May do everything"),
            ["operator"] = ("Operator", "Pauses bots, replays deliveries and changes site rules"),
            ["viewer"] = ("Viewer", "Sees bots, conversations and deliveries; changes nothing"),
        }
    );

    /// <param name="context">The request, for the languages its browser prefers.</param>
    /// <param name="request">The authorization request to go on with, as a query string.</param>
    /// <param name="uiLocales">Languages the portal prefers, which come first.</param>
    public static IResult Show(HttpContext context, string request, string? uiLocales)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        return Results.Content(Html(WordingFor(context.Request, uiLocales), request), "text/html; charset=utf-8");
    }

    private static Wording WordingFor(HttpRequest request, string? uiLocales)
    {
        var accepted = request
            .GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value ?? "");
        foreach (var language in (uiLocales ?? "").Split(' ').Concat(accepted))
            if (language.StartsWith("es", StringComparison.OrdinalIgnoreCase))
                return Spanish;
            else if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return English;
        return Spanish;
    }

    private static string Html(Wording words, string request)
    {
        return $"""
            <!doctype html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encoded(words.Title)} - Sandbox</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Encoded(words.Title)}</h1>
            <p>{Encoded(words.Lead)}</p>
            <form method="post" action="{IdentitySetup.Root}/sign-in">
            <input type="hidden" name="request" value="{Encoded(request)}">
            {string.Join('\n', Person.All.Select(p => Button(p, words)))}
            </form>
            <p class="note">{Encoded(words.Note)}</p>
            </main>
            </body>
            </html>
            """;
    }

    private static string Button(Person person, Wording words)
    {
        var (role, may) = words.Roles[person.Role];
        return $"""
            <button name="person" value="{person.Role}" data-person="{person.Role}">
              <span class="face" aria-hidden="true">{Encoded(person.Name[..1])}</span>
              <span><strong>{Encoded(person.Name)}</strong> <em>{Encoded(role)}</em><small>{Encoded(may)}</small></span>
            </button>
            """;
    }

    private static string Encoded(string text) => Html5.Encode(text);

    private const string Style = """
        :root { color-scheme: light dark; --page: #f6f8fa; --card: #fff; --text: #1b2026; --soft: #57606a; --line: #d0d7de; --accent: #0b6b66; --on-accent: #fff }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0f1419; --card: #171d24; --text: #e6edf3; --soft: #9da7b3; --line: #2f3842; --accent: #4cc2b8; --on-accent: #06201e }
        }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page); color: var(--text);
          font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif }
        main { width: min(28rem, 100%); padding: 2rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card) }
        h1 { margin: 0; font-size: 1.5rem; line-height: 1.25 }
        p { margin: .5rem 0 1.5rem; color: var(--soft) }
        form { display: grid; gap: .75rem }
        button { display: flex; gap: 1rem; align-items: center; width: 100%; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: .75rem;
          background: none; color: inherit; font: inherit; text-align: start; cursor: pointer }
        button:hover { border-color: var(--accent) }
        button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
        .face { flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--accent);
          color: var(--on-accent); font-weight: 600 }
        em { font-style: normal; color: var(--soft) }
        em::before { content: "· " }
        small { display: block; color: var(--soft); font-size: .875rem }
        .note { margin: 1.5rem 0 0; font-size: .875rem }
        """;
}
