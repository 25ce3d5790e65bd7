using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>The REST API under <c>/sandbox/freshchat/v2</c> (freshchat.md 14.1).</summary>
internal static class RestApi
{
    /// <summary>Path that stands where Freshchat's host and <c>/v2</c> stand.</summary>
    public const string Root = $"{SandboxApp.Root}/freshchat/v2";

    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ApiGate>());
        api.MapAccount();
        api.MapUsers();
        api.MapConversations();
        // The gate comes first here too: a path that does not exist tells nothing to a stranger.
        api.Map("/{**path}", () => Answer.Of(new Refusal(404, "NOT_FOUND", "This resource does not exist")));
    }
}
