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

    /// <summary>True from the question until it was answered with yes: nothing has been sent, and nothing that happens is the far side's doing.</summary>
    public bool IsHeld { get; private set; }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsHeld = true;
        if (!await AskAsync(cancellationToken))
            throw new WithdrawnException();
        IsHeld = false;
        await stream.WriteAsync(body, cancellationToken);
    }

    // Under a name of its own, because the client makes a broken connection of some exceptions.
    private async Task<bool> AskAsync(CancellationToken cancel)
    {
        try
        {
            return await maySend(cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new QuestionFailedException(fault);
        }
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

/// <summary>Nothing was sent: whether it might be could not be found out.</summary>
/// <param name="fault">Why.</param>
internal sealed class QuestionFailedException(Exception fault) : Exception("Whether a request may be sent could not be found out.", fault);
