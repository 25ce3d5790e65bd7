using Core.Bots.Sites;
using Core.Freshchat;
using Core.Outcomes;
using FluentValidation;

namespace Core.Bots;

/// <summary>What can be judged about settings without asking a far side. Error codes are the codes of use cases; messages are not used.</summary>
public sealed class BotSettingsValidator : AbstractValidator<BotSettings>
{
    /// <summary>Rules for a bot that is to be connected; a draft is checked by <see cref="Draft"/> alone.</summary>
    public BotSettingsValidator(bool allowHttpLoopback)
    {
        RuleFor(b => b.Name).NotEmpty().WithErrorCode("required").OverridePropertyName("name");
        RuleFor(b => b.Freshchat.ChatUrl).NotEmpty().WithErrorCode("required").OverridePropertyName("chatUrl");
        RuleFor(b => b.Freshchat.AgentId).NotEmpty().WithErrorCode("required").OverridePropertyName("agentId");
        Include(new Draft(allowHttpLoopback));
    }

    /// <summary>What could never be right, however unfinished the draft.</summary>
    public sealed class Draft : AbstractValidator<BotSettings>
    {
        /// <summary>Rules that hold for every value that is there.</summary>
        public Draft(bool allowHttpLoopback)
        {
            RuleFor(b => b.Name).MaximumLength(100).WithErrorCode("too_long").OverridePropertyName("name");
            RuleFor(b => b.DefaultContext).MaximumLength(200).WithErrorCode("too_long").OverridePropertyName("defaultContext");
            RuleFor(b => b.Locale).MaximumLength(20).WithErrorCode("too_long").OverridePropertyName("locale");
            RuleFor(b => b.Freshchat.ApiToken).MaximumLength(4000).WithErrorCode("too_long").OverridePropertyName("apiToken");
            RuleFor(b => b.Freshchat.ChatUrl)
                .Custom(
                    (url, context) =>
                    {
                        if (!string.IsNullOrWhiteSpace(url) && ChatUrl.Parse(url, allowHttpLoopback).Error is { } error)
                            context.AddFailure(new FluentValidation.Results.ValidationFailure("chatUrl", error.Code) { ErrorCode = error.Code });
                    }
                );
            RuleFor(b => b.Mammut.MammutId).GreaterThan(0).WithErrorCode("mammut_id_invalid").OverridePropertyName("mammutId");
            RuleFor(b => b.QuietWindow)
                .InclusiveBetween(TimeSpan.Zero, TimeSpan.FromSeconds(5))
                .WithErrorCode("quiet_window_invalid")
                .OverridePropertyName("quietWindow");
            RuleFor(b => b.Policies!.GiveBackAfterHours)
                .InclusiveBetween(1, 24 * 365)
                .When(b => b.Policies is not null)
                .WithErrorCode("give_back_hours_invalid")
                .OverridePropertyName("giveBackAfterHours");
            RuleFor(b => b.Freshchat.PublicKeys)
                .Must(keys => keys is null || keys.Count <= BotKey.Most)
                .WithErrorCode("public_keys_too_many")
                .OverridePropertyName("publicKeys");
            RuleForEach(b => b.Freshchat.PublicKeys)
                .Custom(
                    (text, context) =>
                    {
                        if (FreshchatKey.Read(text).Error is { } error)
                            context.AddFailure(new FluentValidation.Results.ValidationFailure("publicKeys", error.Code) { ErrorCode = error.Code });
                    }
                );
            RuleFor(b => b.Sites).NotNull().Custom((sites, context) => SiteRules.Check(sites, failure => context.AddFailure(failure)));
        }
    }

    /// <summary>The first fault as the error of a use case, with the others; null = none.</summary>
    public static Error? Faults(IValidator<BotSettings> validator, BotSettings settings)
    {
        ArgumentNullException.ThrowIfNull(validator);
        var faults = validator.Validate(settings).Errors.Select(f => new Error(f.ErrorCode, f.PropertyName)).Distinct().ToList();
        return faults is [var first, .. var others] ? first with { Also = others } : null;
    }
}
