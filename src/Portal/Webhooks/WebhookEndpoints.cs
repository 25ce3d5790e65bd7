using System.Globalization;
using Core.Storage;
using Core.Webhooks;

namespace Portal.Webhooks;

/// <summary>The addresses Freshchat calls: bytes and headers in, one answer out. No JSON is read here (docs/contracts/freshchat.md 9).</summary>
internal static class WebhookEndpoints
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<WebhookOptions>(builder.Configuration.GetSection(WebhookOptions.Section));
        builder.Services.AddSingleton<RejectionLimit>();
    }

    public static void MapWebhooks(this WebApplication app)
    {
        app.MapPost(
            PortalUrls.Webhook,
            (string webhookId, HttpContext context, ReceiveDelivery receive) =>
                AnswerAsync(context, webhookId, (webhook, cancel) => receive.OnOwnAddressAsync(webhookId, webhook, cancel))
        );
        app.MapPost(
            PortalUrls.SharedWebhook,
            (HttpContext context, ReceiveDelivery receive) => AnswerAsync(context, "", receive.OnSharedAddressAsync)
        );
        // Whatever else lies below is nobody's address; a machine is not told so by a page.
        app.MapPost(
            PortalUrls.SharedWebhook + "/{**nobodys}",
            (HttpContext context) => Problem(context, RejectionLimit.Unknown, StatusCodes.Status404NotFound, "unknown_webhook")
        );
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        string webhookId,
        Func<IncomingWebhook, CancellationToken, Task<Receipt>> receive
    )
    {
        byte[]? body;
        try
        {
            body = await WebhookBody.ReadAsync(context.Request);
        }
        // A body cut off on its way is no fault of ours, and nothing anybody should read in a log.
        catch (BadHttpRequestException)
        {
            return Problem(context, RejectionLimit.Unknown, StatusCodes.Status400BadRequest, "invalid_json");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody waits for an answer; without this the server would go on to look for the rest of the body.
            context.Abort();
            return Results.Empty;
        }
        if (body is null)
            return Problem(context, RejectionLimit.Unknown, StatusCodes.Status413PayloadTooLarge, "body_too_large");
        var headers = context.Request.Headers;
        var webhook = new IncomingWebhook(
            body,
            headers[FreshchatSignature.Header],
            int.TryParse(headers["X-Retry-Count"], NumberStyles.None, CultureInfo.InvariantCulture, out var retry) ? retry : 0,
            headers["X-Freshchat-Payload-Version"]
        )
        {
            ContentType = context.Request.ContentType,
        };
        Receipt receipt;
        try
        {
            receipt = await receive(webhook, context.RequestAborted);
        }
        catch (Exception e) when (StorageFaults.IsDown(e))
        {
            receipt = Receipt.Refused(WebhookAnswer.Unavailable, "storage_unavailable");
        }
        return receipt.Answer switch
        {
            WebhookAnswer.Accepted => Results.Ok(),
            WebhookAnswer.Unavailable => WebhookProblem.Of(StatusCodes.Status503ServiceUnavailable, receipt.Code!),
            WebhookAnswer.BadRequest when receipt.SignatureValid => WebhookProblem.Of(StatusCodes.Status400BadRequest, receipt.Code!),
            WebhookAnswer.BadRequest => Problem(context, webhookId, StatusCodes.Status400BadRequest, receipt.Code!),
            WebhookAnswer.Unauthorized => Problem(context, webhookId, StatusCodes.Status401Unauthorized, receipt.Code!),
            // All unknown ids together count as one webhook, or guessing would be free.
            _ => Problem(context, RejectionLimit.Unknown, StatusCodes.Status404NotFound, receipt.Code!),
        };
    }

    // Only rejected requests are limited, and only after the verdict: a validly signed webhook never gets 429.
    private static IResult Problem(HttpContext context, string webhookId, int status, string code)
    {
        var limit = context.RequestServices.GetRequiredService<RejectionLimit>();
        if (limit.Allows(context.Connection.RemoteIpAddress, webhookId, out var retryAfter))
            return WebhookProblem.Of(status, code);
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return WebhookProblem.Of(StatusCodes.Status429TooManyRequests, "rate_limited");
    }
}
