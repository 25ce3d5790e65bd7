using System.Text.Json;

namespace Sandbox.Control;

/// <summary>How tests and people turn the sandbox's switches, under <c>/sandbox/control</c> (portal.md 1).</summary>
internal static class ControlEndpoints
{
    private sealed record SwitchShape(
        string System,
        string Name,
        string Group,
        string Kind,
        JsonElement Value,
        JsonElement Default,
        IReadOnlyList<JsonElement>? Choices,
        string Description,
        string DescriptionEs
    );

    private sealed record SwitchList(IReadOnlyList<SwitchShape> Switches);

    private sealed record NewValue(JsonElement Value);

    public static void AddControl(this IServiceCollection services)
    {
        services.AddSingleton<SwitchBoard>();
        services.AddSingleton<ISimulatedSystem>(s => s.GetRequiredService<SwitchBoard>());
    }

    /// <summary>Puts a system's switches on the board.</summary>
    public static void AddSwitches(this IServiceCollection services, params ReadOnlySpan<Switch> switches)
    {
        foreach (var one in switches)
            services.AddSingleton(one);
    }

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup($"{SandboxApp.Root}/control").AddEndpointFilter(SameOriginAsync);

        control.MapGet("", (SwitchBoard board) => new SwitchList([.. board.All.Select(one => Shape(board, one))]));

        control.MapPost(
            "/reset",
            async (SandboxState state, CancellationToken cancellation) =>
            {
                await state.StartAfreshAsync(cancellation);
                return Results.NoContent();
            }
        );

        control.MapPut(
            "/{system}/{name}",
            async (string system, string name, NewValue body, SwitchBoard board, CancellationToken cancellation) =>
            {
                if (board.All.FirstOrDefault(s => s.System == system && s.Name == name) is not { } which)
                    return Results.Problem($"There is no switch {system}/{name}.", statusCode: StatusCodes.Status404NotFound);
                if (!await board.SetAsync(which, body.Value, cancellation))
                    return Results.Problem(
                        $"{which.Name} takes a value of kind {which.Kind}.",
                        statusCode: StatusCodes.Status400BadRequest
                    );
                return Results.Ok(Shape(board, which));
            }
        );
    }

    // A reset needs no body, so any web page could post a form here; browsers say where a request comes from, scripts say nothing.
    private static ValueTask<object?> SameOriginAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
            ? next(context)
            : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status403Forbidden));

    private static SwitchShape Shape(SwitchBoard board, Switch one) =>
        new(
            one.System,
            one.Name,
            JsonNamingPolicy.KebabCaseLower.ConvertName(one.Group.ToString()),
            one.Kind,
            Switch.Write(board.Get(one)),
            Switch.Write(one.Untouched),
            one.Choices,
            one.English,
            one.Spanish
        );
}
