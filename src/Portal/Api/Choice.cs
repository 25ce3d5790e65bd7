using System.Diagnostics.CodeAnalysis;

namespace Portal.Api;

/// <summary>One of the words of <typeparamref name="T"/> in a query string, in whatever case: answers write them in camelCase.</summary>
internal readonly record struct Choice<T>(T Value)
    where T : struct, Enum
{
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out Choice<T> choice)
    {
        var known = Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]);
        choice = new(value);
        return known;
    }
}
