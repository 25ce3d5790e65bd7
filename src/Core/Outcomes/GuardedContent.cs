using System.Net;

namespace Core.Outcomes;

/// <summary>
/// A body that is sent only if it still may be. That is asked when the connection stands, immediately before the first byte of the request: what opening
/// a connection or a short time of the machine costs, lies before the question.
/// </summary>
/// <param name="body">What is sent.</param>
/// <param name="maySend">The question; false = not a byte is sent.</param>
internal sealed class GuardedContent(byte[] body, Func<CancellationToken, Task<bool>> maySend) : HttpContent
{
    /// <summary>The code of a request that was not sent, because it might not be any more. For its caller alone: nobody is shown it.</summary>
    public const string Withdrawn = "withdrawn";

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!await maySend(cancellationToken))
            throw new WithdrawnException();
        await stream.WriteAsync(body, cancellationToken);
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}

/// <summary>Nothing was sent: meanwhile it might not be any more.</summary>
internal sealed class WithdrawnException() : Exception("The request was withdrawn before it was sent.");
