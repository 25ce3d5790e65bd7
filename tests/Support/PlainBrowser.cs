using System.Net;
using System.Text.RegularExpressions;

namespace Support;

/// <summary>A browser without scripts: keeps cookies, follows redirects and remembers the way.</summary>
public sealed partial class PlainBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    /// <summary>A browser without cookies.</summary>
    public PlainBrowser(string url)
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies, UseProxy = false }) { BaseAddress = new Uri(url) };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    /// <summary>Addresses visited on the way to the last page, in order.</summary>
    public IReadOnlyList<Uri> Way { get; private set; } = [];

    /// <summary>The cookies it would send to the portal's pages.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _cookies.GetCookies(_http.BaseAddress!).ToDictionary(c => c.Name, c => c.Value);

    /// <summary>Opens a page.</summary>
    public Task<ApiAnswer> GetAsync(string url) => GoAsync(HttpMethod.Get, url, null);

    /// <summary>Submits a form.</summary>
    public Task<ApiAnswer> PostAsync(string url, params (string Name, string Value)[] fields) => GoAsync(HttpMethod.Post, url, fields);

    /// <summary>Opens a page of the portal and signs in with the sandbox's provider, when it asks who one is.</summary>
    /// <returns>The page that one ends on.</returns>
    public async Task<ApiAnswer> SignInAsync(string person, string page = "/")
    {
        var asked = await GetAsync(page);
        var request = WebUtility.HtmlDecode(HiddenRequest().Match(asked.Text).Groups[1].Value);
        return await PostAsync("/sandbox/identity/sign-in", ("person", person), ("request", request));
    }

    /// <summary>The token that forms of this page must send along.</summary>
    public static string AntiforgeryToken(ApiAnswer page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return WebUtility.HtmlDecode(Antiforgery().Match(page.Text).Groups[1].Value);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<ApiAnswer> GoAsync(HttpMethod method, string url, (string Name, string Value)[]? fields)
    {
        var address = new Uri(_http.BaseAddress!, url);
        var way = new List<Uri> { address };
        while (true)
        {
            using var request = new HttpRequestMessage(method, address);
            if (fields is not null)
                request.Content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
            using var response = await _http.SendAsync(request);
            Way = way;
            if (response.Headers.Location is not { } location || way.Count > 20)
                return await ApiAnswer.OfAsync(response);
            (method, fields, address) = (HttpMethod.Get, null, new Uri(address, location));
            way.Add(address);
        }
    }

    [GeneratedRegex("name=\"request\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenRequest();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Antiforgery();
}
