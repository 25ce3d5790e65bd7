using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Core.Outcomes;

namespace Core.Mammut;

// How a call is made, and when it has succeeded (mammut.md 2.3, 3).
public sealed partial class MammutClient
{
    private const string App = "app:mammut-1";
    private const string Success = "Success";
    private const string Failed = "Failed";

    private readonly FarCall far = new(http, clock, logger);

    private static string QueryValue(string value) =>
        Uri.EscapeDataString(JsonSerializer.Serialize(value, MammutJson.Wire.String));

    /// <summary>Creates a vertex and tells the id of the first element of that name.</summary>
    private async Task<FarResult<long>> Create<TBody>(
        string target, string name, TBody body, JsonTypeInfo<TBody> shape, CancellationToken cancellation, string? secret = null)
    {
        var written = await Write(target, JsonSerializer.SerializeToUtf8Bytes(body, shape), cancellation, secret);
        if (!written.Succeeded)
            return written.Failure;
        return written.Value.FirstId(name) is { } id
            ? written.With(id)
            : new FarFailure(FailureKind.Ambiguous, "id_missing", written.Duration) { HttpStatus = written.HttpStatus };
    }

    /// <summary>Changes something and tells only that it is done.</summary>
    private async Task<FarResult<Done>> Do(string target, byte[] body, CancellationToken cancellation, string? secret = null)
    {
        var written = await Write(target, body, cancellation, secret);
        return written.Succeeded ? written.With(default(Done)) : written.Failure;
    }

    /// <summary>
    /// Done means 2xx and JSON and <c>Success</c>; <c>Failed</c> is a refusal whatever the status; any other answer may have been
    /// done.
    /// </summary>
    private async Task<FarResult<TaskAnswer>> Write(string target, byte[] body, CancellationToken cancellation, string? secret = null)
    {
        var sent = await Send(HttpMethod.Post, $"graph/{target}", body, cancellation);
        if (!sent.Succeeded)
            return sent.Failure;
        var answer = sent.Value;
        if (!answer.IsSuccess)
            return answer.FailByStatus(Text(answer, secret));
        return answer.Read(MammutJson.Wire.TaskAnswer) switch
        {
            { Status: Success } task => sent.With(task),
            { Status: Failed } => answer.Fail(FailureKind.Refused, "failed", Text(answer, secret)),
            null => answer.FailAsUnclear(),
            _ => answer.FailAsUnclear("status_missing", Text(answer, secret)),
        };
    }

    /// <summary>Found means 2xx and JSON and <c>Success</c>; <c>Failed</c> with 2xx means that there is nothing.</summary>
    private async Task<FarResult<ReadData>> Read(string target, CancellationToken cancellation)
    {
        var sent = await Send(HttpMethod.Get, target, null, cancellation);
        if (!sent.Succeeded)
            return sent.Failure;
        var answer = sent.Value;
        if (!answer.IsSuccess)
            return answer.FailByStatus(Text(answer));
        return answer.Read(MammutJson.Wire.ReadAnswer) switch
        {
            { Status: Success } read => sent.With(read.Data ?? new ReadData()),
            { Status: Failed } => sent.With(new ReadData()),
            null => answer.FailAsUnclear(),
            _ => answer.FailAsUnclear("status_missing", Text(answer)),
        };
    }

    private async Task<FarResult<FarAnswer>> Send(HttpMethod method, string target, byte[]? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, FarUrl.Append(address.BaseUrl(), $"{App}/{target}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypeNames.Application.Json));
        if (ExtraHeader.Parse(options.Value.ExtraHeader) is { } header)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new(MediaTypeNames.Application.Json) } };
        return await far.Send(request, cancellation);
    }

    private string? Text(FarAnswer answer, string? secret = null)
    {
        var header = ExtraHeader.Parse(options.Value.ExtraHeader)?.Value;
        // A scheme in front ("ApiKey …") is often left out when a far side quotes what it refuses.
        return FarErrorBody.Parse(answer.Body).ToText(secret, header, header?.Split(' ')[^1]);
    }
}
