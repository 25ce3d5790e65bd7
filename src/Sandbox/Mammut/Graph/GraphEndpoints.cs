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
        app.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Post], AnswerAsync);
    }

    private static Task<IResult> AnswerAsync(string path, HttpRequest request)
    {
        var asked = GraphPath.Parse(path);
        var (id, depth) = (asked?.Id ?? 0, asked?.Depth ?? 1);
        return asked?.Request(request.Method) switch
        {
            GraphRequest.CreateUser => The<CreateUser>().RunAsync(request),
            GraphRequest.UpdateUser => The<UpdateUser>().RunAsync(id, request),
            GraphRequest.ReadUser => The<ReadVertices>().UserAsync(id, depth, request.HttpContext.RequestAborted),
            GraphRequest.CreateRoom => The<CreateRoom>().RunAsync(id, request),
            GraphRequest.ReadRoom => The<ReadVertices>().RoomAsync(id, depth, request.HttpContext.RequestAborted),
            GraphRequest.SendThought => The<SendThought>().RunAsync(id, request),
            GraphRequest.ReadThoughts => The<ReadThoughts>().RunAsync(id, depth, request),
            GraphRequest.WriteIssue when asked.Id is null => The<PostIssue>().RunAsync(request),
            GraphRequest.WriteIssue => The<UpdateIssue>().RunAsync(id, request),
            _ => Task.FromResult(GraphAnswer.Failed(404, "unknown-request", "The sandbox does not know this request")),
        };

        T The<T>()
            where T : notnull => request.HttpContext.RequestServices.GetRequiredService<T>();
    }

    private static string? Query(HttpRequest request, string name) => request.Query[name];

    private static int Depth(HttpRequest request) => int.TryParse(request.Query["depth"], out var depth) ? depth : 1;
}
