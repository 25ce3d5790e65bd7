namespace Sandbox.Freshchat.Rest;

/// <summary>When a request to the API arrived, before any delay or fault; the gate takes it down.</summary>
internal static class Arrival
{
    private static readonly object Key = new();

    public static void Mark(HttpContext http, double at) => http.Items[Key] = at;

    public static double Of(HttpContext http) => (double)http.Items[Key]!;
}
