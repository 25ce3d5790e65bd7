using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Core.Bots.Sites;
using Core.Freshchat;
using Core.Outcomes;
using FluentValidation;

namespace Core.Bots;

/// <summary>What can be judged about settings without asking a far side. Error codes are the codes of use cases; messages are not used.</summary>
public sealed partial class BotSettingsValidator : AbstractValidator<BotSettings>
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
    public sealed partial class Draft : AbstractValidator<BotSettings>
    {
        // Freshchat names no limit (freshchat.md 7); nobody reads more in a chat.
        private const int LongestMessage = 2000;

        // Several times what the largest key takes, armour and line breaks included.
        private const int LongestKey = 20_000;

        /// <summary>Rules that hold for every value that is there.</summary>
        public Draft(bool allowHttpLoopback)
        {
            Text(b => b.Name, "name", 100);
            Text(b => b.Freshchat.ChatUrl, "chatUrl", 500);
            Text(b => b.Freshchat.AppId, "appId", 100);
            Text(b => b.Freshchat.ApiToken, "apiToken", 4000);
            Text(b => b.Freshchat.AgentId, "agentId", 100);
            Text(b => b.Freshchat.GroupName, "groupName", 200);
            Text(b => b.DefaultContext, "defaultContext", SiteRules.LongestText);
            Text(b => b.Locale, "locale", 20);
            RuleFor(b => b.Locale).Must(IsLanguageTag).WithErrorCode("locale_invalid").OverridePropertyName("locale");
            Text(b => (b.Messages ?? new()).HandOver.Es, "handOverEs", LongestMessage, lines: true);
            Text(b => (b.Messages ?? new()).HandOver.En, "handOverEn", LongestMessage, lines: true);
            Text(b => (b.Messages ?? new()).Unavailable.Es, "unavailableEs", LongestMessage, lines: true);
            Text(b => (b.Messages ?? new()).Unavailable.En, "unavailableEn", LongestMessage, lines: true);
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
                        if (text?.Length > LongestKey)
                            context.AddFailure(new FluentValidation.Results.ValidationFailure("publicKeys", "too_long") { ErrorCode = "too_long" });
                        else if (FreshchatKey.Read(text).Error is { } error)
                            context.AddFailure(new FluentValidation.Results.ValidationFailure("publicKeys", error.Code) { ErrorCode = error.Code });
                    }
                );
            RuleFor(b => b.Sites).NotNull().Custom((sites, context) => SiteRules.Check(sites, failure => context.AddFailure(failure)));
        }

        // The form of BCP 47, not its registry: Mammut decides what it speaks. Blank is none.
        private static bool IsLanguageTag(string? locale) => string.IsNullOrWhiteSpace(locale) || LanguageTag().IsMatch(locale.Trim());

        [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
        private static partial Regex LanguageTag();

        // As long as its column and the far sides take it, on every database.
        private void Text(Expression<Func<BotSettings, string?>> text, string field, int longest, bool lines = false) =>
            RuleFor(text)
                .MaximumLength(longest)
                .WithErrorCode("too_long")
                .Must(value => IsPlain(value, lines))
                .WithErrorCode("control_characters")
                .OverridePropertyName(field);
    }

    /// <summary>
    /// Whether a text holds nothing that cannot be seen; around it that is pasted by mistake and goes. Line breaks and tabs are for texts of
    /// several lines.
    /// </summary>
    internal static bool IsPlain(string? text, bool lines = false) => text is null || text.Trim().All(c => !char.IsControl(c) || (lines && c is ('\n' or '\r' or '\t')));

    /// <summary>The first fault as the error of a use case, with the others; null = none.</summary>
    public static Error? Faults(IValidator<BotSettings> validator, BotSettings settings)
    {
        ArgumentNullException.ThrowIfNull(validator);
        var faults = validator.Validate(settings).Errors.Select(f => new Error(f.ErrorCode, f.PropertyName)).Distinct().ToList();
        return faults is [var first, .. var others] ? first with { Also = others } : null;
    }
}
