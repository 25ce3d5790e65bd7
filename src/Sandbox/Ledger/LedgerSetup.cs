using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Control;

namespace Sandbox.Ledger;

/// <summary>
/// The ledger over HTTP: <c>GET /sandbox/control/ledger?after=N</c> answers one JSON object a line (<see cref="LedgerEntry"/>), in the
/// order of <c>n</c>, beginning behind <c>N</c> (default 0).
/// </summary>
internal static class LedgerSetup
{
    private const int Batch = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSwitches(LedgerBook.Kept);
        services.AddSingleton<LedgerBook>();
        services.AddSingleton<ISimulatedSystem>(s => s.GetRequiredService<LedgerBook>());
    }

    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{SandboxApp.Root}/control/ledger", WriteAsync);

    private static async Task WriteAsync(LedgerBook ledger, HttpContext http, int after = 0)
    {
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        var body = http.Response.BodyWriter;
        for (var next = Math.Max(0, after); ledger.Read(next, Batch) is { Count: > 0 } entries; next += entries.Count)
        {
            foreach (var entry in entries)
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(entry, Json);
                line.CopyTo(body.GetSpan(line.Length + 1));
                body.GetSpan(line.Length + 1)[line.Length] = (byte)'\n';
                body.Advance(line.Length + 1);
            }
            await body.FlushAsync(http.RequestAborted);
        }
    }
}
