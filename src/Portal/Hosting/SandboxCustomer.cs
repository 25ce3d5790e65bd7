using System.Text.Json.Nodes;
using Sandbox;

namespace Portal.Hosting;

/// <summary>A customer of the sandbox's demo shop who writes at the press of a button, over the addresses that the shop's own page uses.</summary>
internal sealed class SandboxCustomer(ListenAddress address, IConfiguration configuration) : IDisposable
{
    private const string Shop = "comida";

    // A greeting works in every context of the demo bot (mammut.md 10).
    private const string Greeting = "Hola";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Patience };

    /// <summary>Whether there is a sandbox.</summary>
    public bool IsThere => configuration.SandboxEnabled();

    /// <summary>Arrives as a new customer and greets; false = the sandbox did not take it.</summary>
    public async Task<bool> WriteAsync(CancellationToken cancel)
    {
        try
        {
            var visitor = await PostAsync("visitors", new() { ["site"] = Shop }, cancel);
            return visitor?["id"]?.GetValue<string>() is { } id
                && await PostAsync("messages", new() { ["visitorId"] = id, ["site"] = Shop, ["text"] = Greeting }, cancel) is not null;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> PostAsync(string what, JsonObject body, CancellationToken cancel)
    {
        using var content = JsonContent.Create(body);
        using var answer = await _http.PostAsync($"{address.Local}{SandboxApp.Root}/control/freshchat/{what}", content, cancel);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>(cancel) : null;
    }
}
