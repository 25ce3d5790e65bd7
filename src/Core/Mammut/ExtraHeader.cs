namespace Core.Mammut;

/// <summary>The header of <see cref="MammutOptions.ExtraHeader"/>; its value is a secret. Pure.</summary>
internal sealed record ExtraHeader(string Name, string Value)
{
    /// <summary>Reads <c>Name: value</c>; null when it is not one that a request can carry.</summary>
    public static ExtraHeader? Parse(string? text)
    {
        if (text?.IndexOf(':', StringComparison.Ordinal) is not { } colon || colon < 1)
            return null;
        var header = new ExtraHeader(text[..colon].Trim(), text[(colon + 1)..].Trim());
        using var request = new HttpRequestMessage();
        return header.Value.Length > 0
            && header.Value.All(character => character is >= ' ' and < '\x7f')
            && request.Headers.TryAddWithoutValidation(header.Name, header.Value)
                ? header
                : null;
    }

    /// <summary>Never shows the value.</summary>
    public override string ToString() => $"{Name}: ***";
}
