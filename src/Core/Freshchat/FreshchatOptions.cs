using Microsoft.Extensions.Options;

namespace Core.Freshchat;

/// <summary>Section <c>Freshchat</c> (portal.md 2).</summary>
public sealed class FreshchatOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Freshchat";

    /// <summary>How long one request may take; a read is repeated at most twice and ends after three times this long.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Chat URLs of the regional hosts, instead of <see cref="ChatUrl.Regional"/>: named when an account is not found where it was looked for.</summary>
    public IReadOnlyList<string>? Regions { get; set; }
}

/// <summary>One message per fault, each naming the key.</summary>
internal sealed class FreshchatOptionsValidator : IValidateOptions<FreshchatOptions>
{
    public ValidateOptionsResult Validate(string? name, FreshchatOptions options) =>
        options.Timeout > TimeSpan.Zero && options.Timeout <= TimeSpan.FromMinutes(5)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{FreshchatOptions.Section}:{nameof(options.Timeout)} must be longer than zero and at most 00:05:00.");
}
