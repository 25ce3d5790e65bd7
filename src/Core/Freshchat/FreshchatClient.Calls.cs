using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Core.Outcomes;

namespace Core.Freshchat;

// How a call is made; what is called stands in FreshchatClient.cs.
public sealed partial class FreshchatClient
{
    private const int PageSize = 50;
    private const int MostPages = 200;

    // A 429 that does not say how long.
    private static readonly TimeSpan UnsaidWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly FarCall far = new(http, clock, logger);

    private Task<FarResult<T>> Get<T>(FreshchatAccount account, string path, JsonTypeInfo<T> shape, CancellationToken cancellation)
        where T : class => Send(account, HttpMethod.Get, path, null, shape, cancellation);

    private Task<FarResult<T>> Write<TBody, T>(
        FreshchatAccount account, HttpMethod method, string path,
        TBody body, JsonTypeInfo<TBody> bodyShape, JsonTypeInfo<T> shape, CancellationToken cancellation,
        Func<CancellationToken, Task<bool>>? maySend = null)
        where T : class =>
        Send(account, method, path, Content(JsonSerializer.SerializeToUtf8Bytes(body, bodyShape), maySend), shape, cancellation);

    private static HttpContent Content(byte[] body, Func<CancellationToken, Task<bool>>? maySend)
    {
        HttpContent content = maySend is null ? new ByteArrayContent(body) : new GuardedContent(body, maySend);
        content.Headers.ContentType = new(MediaTypeNames.Application.Json);
        return content;
    }

    private async Task<FarResult<T>> Send<T>(
        FreshchatAccount account, HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> shape, CancellationToken cancellation)
        where T : class
    {
        var url = ChatUrl.Parse(account.ChatUrl, outbound.Value.AllowHttpLoopback);
        if (!url.Succeeded)
            return new FarFailure(FailureKind.Refused, url.Error.Code);
        var token = FreshchatAccount.CleanToken(account.ApiToken);
        // What no header can carry is no token; the exception would quote it.
        if (token.Length == 0 || !token.All(character => character is > ' ' and < '\x7f'))
            return new FarFailure(FailureKind.Unauthorized, FarCode.TokenRefused);
        // An id from outside that is empty or climbs would name something else.
        if (path.Split('?')[0].Split('/').Any(segment => segment is "" or "." or ".."))
            return new FarFailure(FailureKind.NotFound, FarCode.NotFound);
        if (limits.Remaining(account) is { } wait)
            return new FarFailure(FailureKind.RateLimited, FarCode.RateLimited) { RetryAfter = wait };

        using var request = new HttpRequestMessage(method, url.Value.Append(path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        request.Content = body;

        var sent = await far.Send(request, cancellation);
        if (!sent.Succeeded)
            return sent.Failure;
        var answer = sent.Value;
        if (FreshchatErrors.Read(answer, isReply: method == HttpMethod.Post, token) is { } failure)
            return failure.Kind is FailureKind.RateLimited ? HeldBack(account, failure) : failure;
        return answer.Read(shape) is { } value ? sent.With(value) : answer.FailAsUnclear();
    }

    private FarFailure HeldBack(FreshchatAccount account, FarFailure failure)
    {
        var asked = failure.RetryAfter ?? UnsaidWait;
        var wait = asked < ShortestWait ? ShortestWait : asked;
        limits.HoldBack(account, wait);
        return failure with { RetryAfter = limits.Remaining(account) ?? wait };
    }

    private async Task<FarResult<IReadOnlyList<T>>> List<T>(
        FreshchatAccount account, string path,
        Func<FreshchatPage, IReadOnlyList<T>?> items, Func<T, string> id, Func<FreshchatPage, bool> hasNext, CancellationToken cancellation)
        where T : class
    {
        var all = new List<T>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var duration = TimeSpan.Zero;
        for (var number = 1; number <= MostPages; number++)
        {
            var page = await Get(
                account, $"{path}?page={number}&items_per_page={PageSize}", FreshchatJson.Wire.FreshchatPage, cancellation);
            duration += page.Duration;
            if (page.Failure is { } failure && !IsEndOfList(failure, number))
                return failure with { Duration = duration };

            var found = page.Value is { } value ? items(value) : [];
            if (found is null && number == 1)
            {
                return new FarFailure(FailureKind.Unreadable, FarCode.NotJson, duration)
                {
                    HttpStatus = page.HttpStatus,
                    TraceId = page.TraceId,
                };
            }
            // Lists shift while they are read: what was seen is not taken twice.
            var fresh = (found ?? []).Where(item => item is not null && (id(item) is "" || known.Add(id(item)))).ToList();
            all.AddRange(fresh);
            if (fresh.Count == 0 || page.Value is null || !hasNext(page.Value))
                return FarResult.Success<IReadOnlyList<T>>(all, traceId: page.TraceId, duration: duration);
        }
        return new FarFailure(FailureKind.Unreadable, "too_many_pages", duration);
    }

    private static bool IsEndOfList(FarFailure failure, int page) =>
        failure.Code is FreshchatErrors.WrongPage || (page > 1 && failure.Code is FarCode.NotFound);

    /// <summary>The GUID first; the number when Freshchat does not know the GUID, and only then (freshchat.md 5.6).</summary>
    private static async Task<FarResult<T>> ByEitherId<T>(ConversationIds conversation, Func<string, Task<FarResult<T>>> call)
    {
        var first = await call(PathTo("conversations", conversation.Id));
        return first.Failure is { Code: FarCode.NotFound }
            && conversation.NumericId is { } number
            && !string.IsNullOrWhiteSpace(number)
            && number != conversation.Id
                ? await call(PathTo("conversations", number))
                : first;
    }

    private static string PathTo(string collection, string id) => $"{collection}/{Uri.EscapeDataString(id)}";
}
