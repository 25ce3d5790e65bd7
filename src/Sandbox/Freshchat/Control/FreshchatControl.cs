using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Control;

/// <summary>
/// What people do in Freshchat's own screens and in the shops' chat windows, as JSON under <c>/sandbox/control/freshchat</c>.
/// The storefront's pages and tests use the same addresses; the README beside this file lists them.
/// </summary>
internal static class FreshchatControl
{
    public static void MapFreshchatControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup($"{SandboxApp.Root}/control/freshchat").AddEndpointFilter(JsonWritesOnly);
        control.MapVisitors();
        control.MapDesk();
        control.MapAdmin();
    }

    /// <summary>The value in its shape, or the refusal as a problem.</summary>
    public static IResult Tell<T>(this Outcome<T> outcome, Func<T, object> shape)
        where T : class => outcome.Refused(out var refusal, out var value) ? refusal.Problem() : Results.Ok(shape(value));

    /// <summary>A refusal in the form the control addresses use.</summary>
    public static IResult Problem(this Refusal refusal) => Results.Problem(refusal.Message, statusCode: refusal.Code);

    // A form on some other web page can send anything but JSON: whatever writes must be asked in JSON.
    private static ValueTask<object?> JsonWritesOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || request.HasJsonContentType()
            ? next(context)
            : ValueTask.FromResult<object?>(
                Results.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType)
            );
    }
}
