using System.Security.Cryptography;
using System.Text;
using Core.Requests;

namespace Portal.Api;

/// <summary>Answers a write that names an <c>Idempotency-Key</c> once, and the same again whenever it is repeated (docs/contracts/portal.md 3).</summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";

    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || HttpMethods.IsGet(context.Request.Method))
            return await next(call);
        var services = context.RequestServices;
        var problem = services.GetRequiredService<ApiProblem>();
        if (key.Length > RememberRequests.LongestKey)
            return problem.Of(new("idempotency_key_too_long"));

        var requests = services.GetRequiredService<RememberRequests>();
        var begun = await requests.BeginAsync(key, await FingerprintAsync(context.Request), context.RequestAborted);
        if (begun.Error is { } conflict)
            return problem.Of(conflict);
        if (begun.Value is { } known)
            return new Remembered(known.Status!.Value, known.ContentType, known.Answer);

        var answer = await AnswerAsync(context, await next(call));
        await requests.AnswerAsync(key, answer.Status, answer.ContentType, answer.Body);
        return answer;
    }

    private static async Task<string> FingerprintAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The result is run into memory first: what is kept is exactly what the caller gets.
    private static async Task<Remembered> AnswerAsync(HttpContext context, object? result)
    {
        var wire = context.Response.Body;
        using var memory = new MemoryStream();
        context.Response.Body = memory;
        try
        {
            if (result is IResult told)
                await told.ExecuteAsync(context);
        }
        finally
        {
            context.Response.Body = wire;
        }
        return new(context.Response.StatusCode, context.Response.ContentType, memory.ToArray());
    }

    private sealed record Remembered(int Status, string? ContentType, byte[] Body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = ContentType;
            if (Body.Length > 0)
                await httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
