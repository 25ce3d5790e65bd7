using Core.Outcomes;
using Microsoft.Extensions.Options;

namespace Core.Mammut;

/// <summary>One message per fault, each naming the key; never the value of a secret.</summary>
internal sealed class MammutOptionsValidator(IOptions<OutboundOptions> outbound) : IValidateOptions<MammutOptions>
{
    public ValidateOptionsResult Validate(string? name, MammutOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(MammutOptions options)
    {
        var baseUrl = FarUrl.Check(options.BaseUrl ?? "", outbound.Value.AllowHttpLoopback) switch
        {
            null => null,
            "required" => "is missing.",
            "https_required" => "must be https; http is only for loopback hosts and needs Outbound:AllowHttpLoopback.",
            "credentials" => "must not hold a user name or password.",
            "query" => "must not hold a query or a fragment.",
            _ => "is not an address such as https://api.mammut.io.",
        };
        if (baseUrl is not null)
            yield return Key(nameof(options.BaseUrl)) + baseUrl;
        if (!Enum.IsDefined(options.Mode))
            yield return Key(nameof(options.Mode)) + "must be Rooms or Relay.";
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromMinutes(5))
            yield return Key(nameof(options.Timeout)) + "must be longer than zero and at most 00:05:00.";
        if (options.AnswerWait <= TimeSpan.Zero)
            yield return Key(nameof(options.AnswerWait)) + "must be longer than zero.";
        if (options.PollInterval <= TimeSpan.Zero)
            yield return Key(nameof(options.PollInterval)) + "must be longer than zero.";
        if (options.GraceWindow < TimeSpan.Zero)
            yield return Key(nameof(options.GraceWindow)) + "must not be negative.";
        if (options.SinceMargin < TimeSpan.Zero)
            yield return Key(nameof(options.SinceMargin)) + "must not be negative.";
        if (string.IsNullOrWhiteSpace(options.Channel))
            yield return Key(nameof(options.Channel)) + "is missing.";
        if (options.WebhookPath is not ['/', ..] || options.WebhookPath.AsSpan().IndexOfAny('?', '#') >= 0)
            yield return Key(nameof(options.WebhookPath)) + "must be a path that starts with a slash, without a query.";
        if (!string.IsNullOrWhiteSpace(options.ExtraHeader) && ExtraHeader.Parse(options.ExtraHeader) is null)
            yield return Key(nameof(options.ExtraHeader)) + "must be written as Name: value and be a request header.";
    }

    private static string Key(string option) => $"{MammutOptions.Section}:{option} ";
}
