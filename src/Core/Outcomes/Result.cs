using System.Diagnostics.CodeAnalysis;

namespace Core.Outcomes;

/// <summary>The outcome of a use case that returns nothing: done, or an <see cref="Outcomes.Error"/>.</summary>
public sealed record Result
{
    private static readonly Result Done = new();

    private Result() { }

    /// <summary>Why not; null when it is done.</summary>
    public Error? Error { get; private init; }

    /// <summary>Whether it is done.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>Done.</summary>
    public static Result Success() => Done;

    /// <summary>
    /// Done, with something to show for it. Needed where <typeparamref name="T"/> is an interface; elsewhere a value converts by
    /// itself.
    /// </summary>
    public static Result<T> Success<T>(T value) => new(value);

    /// <summary>Not done.</summary>
    public static Result Failure(Error error) => new() { Error = error };

    /// <summary>An error is a result.</summary>
    public static implicit operator Result(Error error) => Failure(error);
}

/// <summary>The outcome of a use case: a value, or an <see cref="Outcomes.Error"/>; never both, and asking never throws.</summary>
public sealed record Result<T>
{
    internal Result(T value) => (Value, Succeeded) = (value, true);

    private Result(Error error) => Error = error;

    /// <summary>What came out; default when it failed.</summary>
    public T? Value { get; }

    /// <summary>Why nothing came out; null when it succeeded.</summary>
    public Error? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded { get; }

    /// <summary>One of two continuations.</summary>
    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure) =>
        Succeeded ? success(Value) : failure(Error);

    /// <summary>A value is a result.</summary>
    public static implicit operator Result<T>(T value) => new(value);

    /// <summary>An error is a result.</summary>
    public static implicit operator Result<T>(Error error) => new(error);
}
