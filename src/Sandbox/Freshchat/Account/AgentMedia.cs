using System.Reflection;

namespace Sandbox.Freshchat.Account;

/// <summary>Pictures of the demo agents, where the account's media lie.</summary>
internal static class AgentMedia
{
    private const string Root = $"{SandboxApp.Root}/freshchat/media/avatar";
    private static readonly Assembly Here = typeof(AgentMedia).Assembly;
    private static readonly HashSet<string> Known = [.. Here.GetManifestResourceNames()];

    /// <summary>Address of an agent's picture as seen by who asks; null = none.</summary>
    public static string? UrlOf(Agent agent, HttpRequest asked)
    {
        var name = agent.Email.Split('@')[0];
        return Known.Contains(Resource(name)) ? $"{asked.Scheme}://{asked.Host}{Root}/{name}.png" : null;
    }

    /// <summary>Media need no token: their addresses are in the far side's answers.</summary>
    public static void MapMedia(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            Root + "/{name}.png",
            (string name) => Known.Contains(Resource(name)) ? Results.Stream(Here.GetManifestResourceStream(Resource(name))!, "image/png") : Results.NotFound()
        );

    private static string Resource(string name) => $"Agents/{name}.png";
}
