using Microsoft.Extensions.Options;

namespace Core.Bots.Checks;

/// <summary>Section <c>Checks</c> (portal.md 2).</summary>
public sealed class CheckOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Checks";

    /// <summary>How often each live or paused bot is checked by itself, give or take a tenth; zero = only when somebody asks.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);
}

/// <summary>One message per fault, naming the key.</summary>
internal sealed class CheckOptionsValidator : IValidateOptions<CheckOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckOptions options) =>
        options.Every == TimeSpan.Zero || options.Every >= TimeSpan.FromMinutes(1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Checks:Every must be 00:00:00, for never, or at least 00:01:00.");
}
