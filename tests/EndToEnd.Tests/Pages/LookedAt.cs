using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Pages;

/// <summary>What is wrong with one page, looked at in one way.</summary>
internal static class LookedAt
{
    private static readonly string Pictures = Path.Combine(Repository.Root, "artifacts", "pages");

    // What a far side or a customer wrote, and what far sides call their menus, stays in its own language.
    private const string Words = """
        () => {
          const theirs = 'script, style, noscript, template, code, pre, q, option, [lang]:not(html), .bubble, .one-line, .path';
          const texts = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            if (!walker.currentNode.parentElement.closest(theirs)) texts.push(walker.currentNode.data);
          }
          for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
            if (!element.closest(theirs)) texts.push(...['aria-label', 'title', 'placeholder', 'alt'].map(name => element.getAttribute(name) ?? ''));
          }
          return texts.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => text.length > 1);
        }
        """;

    private const string Settled = """
        () => document.querySelector('main[data-interactive=true] h1') !== null
          && document.querySelector('main .list-skeleton, main [aria-busy=true]') === null
        """;

    // What sticks out, so that a failure names it.
    private const string Overflowing = """
        () => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return null;
          const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
          return `${root.scrollWidth} > ${root.clientWidth}: ` + out.slice(0, 3).map(e => `${e.localName}.${e.className}`).join(', ');
        }
        """;

    // What a card does not hold lies under the one beside it; what scrolls or is cut within it is held.
    private const string BeyondItsCard = """
        () => [...document.querySelectorAll('main .card')].flatMap(card => {
          const held = e => { for (let p = e.parentElement; p && p !== card.parentElement; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; };
          const edge = card.getBoundingClientRect().right + 1;
          return [...card.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > edge && e.getBoundingClientRect().width > 1 && !held(e)).slice(0, 1);
        }).map(e => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`)
        """;

    public static async Task<IReadOnlyList<string>> FaultsAsync(SeededPortal portal, string address, Look look)
    {
        var reader = await portal.ReaderAsync(look);
        var page = await reader.NewPageAsync();
        try
        {
            var faults = new List<string>();
            // The browser reports the status of a page that is meant to say "not found".
            page.Console += (_, said) =>
            {
                if (said.Type is "error" && !(said.Location.StartsWith(portal.Url + "/not-found", StringComparison.Ordinal) && said.Text.Contains("404", StringComparison.Ordinal)))
                    faults.Add("console: " + said.Text);
            };
            page.PageError += (_, error) => faults.Add("script: " + error);
            page.Request += (_, request) =>
            {
                if (request.Url.StartsWith("http", StringComparison.Ordinal) && !request.Url.StartsWith(portal.Url, StringComparison.Ordinal))
                    faults.Add("request to another host: " + request.Url);
            };
            await page.GotoAsync(address);
            await page.WaitForFunctionAsync(Settled);

            if (await page.Locator("html").GetAttributeAsync("lang") is var lang && lang != look.Language)
                faults.Add("lang is " + lang);
            if (await page.Locator("html").GetAttributeAsync("data-theme") is var theme && theme != look.Theme)
                faults.Add("theme is " + theme);
            if (await page.EvaluateAsync<string?>(Overflowing) is { } wide)
                faults.Add("scrolls sideways: " + wide);
            faults.AddRange((await page.EvaluateAsync<string[]>(BeyondItsCard)).Select(part => "sticks out of its card: " + part));
            faults.AddRange(Wording.Of[look.Language].Strange(await page.EvaluateAsync<string[]>(Words)).Select(text => "not in the reader's language: " + text));
            var axe = await page.RunAxe();
            faults.AddRange(
                axe.Violations.Where(violation => violation.Impact is "serious" or "critical")
                    .SelectMany(violation => violation.Nodes.Select(node => $"axe {violation.Id}: {node.Html}"))
            );
            if (Environment.GetEnvironmentVariable("PAGES_PICTURES") == "1")
                await Picture.TakeAsync(page, PathOf(portal, address, look));
            return [.. faults.Select(fault => $"{look} {address}: {fault}")];
        }
        finally
        {
            await page.CloseAsync();
        }
    }

    private static string PathOf(SeededPortal portal, string address, Look look)
    {
        var name = portal.NameOf(address).Trim('/').Replace("?step=", "-", StringComparison.Ordinal).Replace('/', '-');
        return Path.Combine(Pictures, look.ToString(), (name.Length == 0 ? "bots" : name) + ".png");
    }
}
