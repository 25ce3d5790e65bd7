namespace Sandbox.Mammut.Graph;

/// <summary>Which use case a graph request means, by method and path (mammut.md 10).</summary>
internal static class GraphEndpoints
{
    public static void AddGraph(this IServiceCollection services)
    {
        services.AddSingleton<GraphClock>();
        services.AddSingleton<CreateUser>();
        services.AddSingleton<UpdateUser>();
        services.AddSingleton<CreateRoom>();
        services.AddSingleton<SendThought>();
        services.AddSingleton<PostIssue>();
        services.AddSingleton<UpdateIssue>();
        services.AddSingleton<ReadVertices>();
        services.AddSingleton<ReadThoughts>();
    }

    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        var app = routes.MapGroup("/app:mammut-1");
        app.MapGet(
            "/fixed-vertex",
            (HttpRequest request, ReadVertices read, CancellationToken cancellation) =>
                read.FixedAsync(Query(request, "type-name"), Query(request, "config-id"), Depth(request), cancellation)
        );
        app.MapGet(
            "/unique-vertex",
            (HttpRequest request, ReadVertices read, CancellationToken cancellation) =>
                read.UniqueAsync(
                    Query(request, "type-name"),
                    Query(request, "property-name"),
                    Query(request, "property-value"),
                    Depth(request),
                    cancellation
                )
        );
        app.MapGet(
            "/{**path}",
            (string path, HttpRequest request, ReadVertices read, ReadThoughts readThoughts, CancellationToken cancellation) =>
                GraphPath.Parse(path) switch
                {
                    { Vertex: "user", Id: { } id, Edge: null, Depth: var depth } => read.UserAsync(id, depth, cancellation),
                    { Vertex: "room", Id: { } id, Edge: null, Depth: var depth } => read.RoomAsync(id, depth, cancellation),
                    { Vertex: "room", Id: { } id, Edge: "with", Target: null or "thought", Depth: var depth } =>
                        readThoughts.RunAsync(id, depth, request.QueryString.Value ?? "", cancellation),
                    _ => UnknownRequest,
                }
        );
        app.MapPost("/{**path}", PostAsync);
    }

    private static Task<IResult> UnknownRequest =>
        Task.FromResult(GraphAnswer.Failed(404, "unknown-request", "The sandbox does not know this request"));

    private static Task<IResult> PostAsync(string path, HttpRequest request)
    {
        return GraphPath.Parse(path) switch
        {
            { Vertex: "user", Id: null, Edge: null } => The<CreateUser>().RunAsync(request),
            { Vertex: "user", Id: { } id, Edge: null } => The<UpdateUser>().RunAsync(id, request),
            { Vertex: "user", Id: { } id, Edge: "create", Target: null or "room" } => The<CreateRoom>().RunAsync(id, request),
            { Vertex: "user", Id: { } id, Edge: "send", Target: null or "thought" } => The<SendThought>().RunAsync(id, request),
            { Vertex: "issue", Id: null, Edge: null } => The<PostIssue>().RunAsync(request),
            { Vertex: "issue", Id: { } id, Edge: null } => The<UpdateIssue>().RunAsync(id, request),
            _ => UnknownRequest,
        };

        T The<T>()
            where T : notnull => request.HttpContext.RequestServices.GetRequiredService<T>();
    }

    private static string? Query(HttpRequest request, string name) => request.Query[name];

    private static int Depth(HttpRequest request) => int.TryParse(request.Query["depth"], out var depth) ? depth : 1;
}
