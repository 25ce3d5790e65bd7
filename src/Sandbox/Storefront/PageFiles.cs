using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace Sandbox.Storefront;

/// <summary>The files of the pages, and the pages put together from them: a layout, a body, and the texts of one language.</summary>
internal sealed partial class PageFiles(SandboxSettings settings)
{
    private static readonly HashSet<string> Resources = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()];

    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly ConcurrentDictionary<(string Page, string Language), string> _pages = new();
    private readonly ConcurrentDictionary<string, File> _assets = new();

    public sealed record File(byte[] Content, string Type, EntityTagHeaderValue Tag);

    /// <summary>A style sheet, script or image; null when there is none of that name.</summary>
    public File? Asset(string name) =>
        Types.TryGetValue(Path.GetExtension(name), out var type) && Resources.Contains(ResourceName(name))
            ? _assets.GetOrAdd(name, n => Load(n, type))
            : null;

    /// <summary>A page in a language.</summary>
    public string Page(string page, string language) => _pages.GetOrAdd((page, language), key => Compose(key.Page, key.Language));

    private static File Load(string name, string type)
    {
        var content = Read(name);
        return new(content, type, new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
    }

    private string Compose(string page, string language)
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(Read($"texts.{language}.json"))!;
        var other = Language.Other(language);
        var parts = new Dictionary<string, string>
        {
            ["body"] = Text($"{page}.html"),
            ["chat"] = Text("chat.html"),
            ["portal"] = settings.PortalUrl is null ? "" : Text("portal.html"),
            ["portal.url"] = WebUtility.HtmlEncode(settings.PortalUrl ?? ""),
            // The serializer escapes <, > and &, so the texts cannot end the element they stand in.
            ["texts"] = JsonSerializer.Serialize(texts),
            ["lang"] = language,
            ["page.title"] = WebUtility.HtmlEncode(texts[$"nav.{page}"]),
            ["page.script"] = $"{page}.js",
            [$"current.{page}"] = "aria-current=\"page\"",
            ["other.lang"] = other,
            ["other.name"] = other == Language.Spanish ? "Español" : "English",
        };
        return Fill(Text("layout.html"));

        string Fill(string text) =>
            Placeholder()
                .Replace(
                    text,
                    match =>
                    {
                        var key = match.Groups[1].Value;
                        if (parts.TryGetValue(key, out var part))
                            return key == "texts" ? part : Fill(part);
                        if (key.StartsWith("current.", StringComparison.Ordinal))
                            return "";
                        return WebUtility.HtmlEncode(texts[key]);
                    }
                );
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(new MemoryStream(Read(name)));
        return reader.ReadToEnd();
    }

    private static string ResourceName(string name) => $"Storefront/{name}";

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName(name))!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    [GeneratedRegex(@"\{\{([a-zA-Z0-9.]+)\}\}")]
    private static partial Regex Placeholder();
}
