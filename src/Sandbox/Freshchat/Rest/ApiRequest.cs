namespace Sandbox.Freshchat.Rest;

/// <summary>What a request to the API is about, so that a fault can concern one kind alone.</summary>
internal enum ApiRequest
{
    Any,
    GetConfiguration,
    GetAgents,
    GetGroups,
    GetChannels,
    GetUser,
    GetConversation,
    Assign,
    ReadMessages,
    PostMessage,
}

/// <summary>Names the kind of an endpoint.</summary>
internal sealed record ApiRequestKind(ApiRequest Kind);

internal static class ApiRequestKinds
{
    /// <summary>Says what requests to these endpoints are about.</summary>
    public static TBuilder Is<TBuilder>(this TBuilder endpoint, ApiRequest kind)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ApiRequestKind(kind));
}
