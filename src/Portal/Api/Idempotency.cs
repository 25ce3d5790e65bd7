using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Core.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

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
            return new Remembered(known.Status!.Value, known.ContentType, JsonSerializer.Deserialize<Rest>(known.Answer)!);

        GoOnWithoutCaller(call);
        var (answer, again) = await DoAsync(call, next, requests, key);
        if (again)
            await requests.ForgetAsync(key);
        else
            await requests.AnswerAsync(key, answer.Status, answer.ContentType, JsonSerializer.SerializeToUtf8Bytes(answer.Rest));
        return answer;
    }

    // Whoever loses the connection asks again with the same key, and is to find the answer: what has begun is brought to its end.
    private static void GoOnWithoutCaller(EndpointFilterInvocationContext call)
    {
        call.HttpContext.RequestAborted = CancellationToken.None;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i] is CancellationToken)
                call.Arguments[i] = CancellationToken.None;
        }
    }

    private static async Task<(Remembered Answer, bool Again)> DoAsync(
        EndpointFilterInvocationContext call,
        EndpointFilterDelegate next,
        RememberRequests requests,
        string key
    )
    {
        try
        {
            var result = await next(call);
            return (await AnswerAsync(call.HttpContext, result), MayBeDoneAgain(call.HttpContext, result));
        }
        catch
        {
            await requests.ForgetAsync(key);
            throw;
        }
    }

    // A failure is no answer for a day: the next try may succeed. Unless it left a new bot behind; another try would make another one.
    private static bool MayBeDoneAgain(HttpContext context, object? result) =>
        result is ProblemHttpResult { StatusCode: >= StatusCodes.Status500InternalServerError } failure
        && (!failure.ProblemDetails.Extensions.TryGetValue("botId", out var bot) || string.Equals(bot as string, context.Request.RouteValues["id"] as string, StringComparison.OrdinalIgnoreCase));

    private static async Task<string> FingerprintAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n"));
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
        var headers = context.Response.Headers;
        return new(context.Response.StatusCode, context.Response.ContentType, new((string?)headers.Location, (string?)headers.ETag, memory.ToArray()));
    }

    // What is kept beside status and type.
    private sealed record Rest(string? Location, string? ETag, byte[] Body);

    private sealed record Remembered(int Status, string? ContentType, Rest Rest) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.ContentType = ContentType;
            httpContext.Response.Headers.Location = Rest.Location;
            httpContext.Response.Headers.ETag = Rest.ETag;
            if (Rest.Body.Length > 0)
                await httpContext.Response.Body.WriteAsync(Rest.Body, httpContext.RequestAborted);
        }
    }
}
