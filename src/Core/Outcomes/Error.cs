namespace Core.Outcomes;

/// <summary>Why a use case said no, as a value that pages, API and scripts can rely on.</summary>
/// <param name="Code">Stable name in snake_case, for example <c>group_not_found</c> (portal.md 3). It is also the key of the localised sentence.</param>
/// <param name="Field">Name of the input that is at fault; null when it is not about one input.</param>
public sealed record Error(string Code, string? Field = null)
{
    /// <summary>Named texts for the localised sentence. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = NoArguments;

    /// <summary>Further faults found at the same time, at other inputs.</summary>
    public IReadOnlyList<Error> Also { get; init; } = [];

    private static readonly Dictionary<string, string> NoArguments = [];

    /// <summary>The same error with one more text for its sentence.</summary>
    public Error With(string name, string value) =>
        this with { Arguments = new Dictionary<string, string>(Arguments) { [name] = value } };

    /// <summary>Two errors are the same when code, field and all texts are.</summary>
    public bool Equals(Error? other) =>
        other is not null
        && Code == other.Code
        && Field == other.Field
        && Arguments.Count == other.Arguments.Count
        && Arguments.All(text => other.Arguments.TryGetValue(text.Key, out var value) && value == text.Value);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Code, Field, Arguments.Count);
}
