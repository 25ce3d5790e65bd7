using System.Reflection;
using System.Text.RegularExpressions;
using Core.Outcomes;
using Core.Webhooks;

namespace Portal.Tests.Components;

/// <summary>The stable codes, as the source names them.</summary>
internal static partial class Codes
{
    /// <summary>Of what failed.</summary>
    public static IReadOnlyList<string> Errors { get; } =
    [
        .. new[] { "src/Core/Bots", "src/Core/Conversations", "src/Core/Turns", "src/Core/Webhooks", "src/Core/Freshchat", "src/Core/Mammut", "src/Portal/Components" }
            .SelectMany(Texts.Code)
            .SelectMany(file => ErrorCode().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Concat(Constants(typeof(FarCode)))
            .Concat(Constants(typeof(FarCode)).Select(code => "mammut_" + code))
            .Distinct(),
    ];

    /// <summary>Of how a delivery or turn ended.</summary>
    public static IReadOnlyList<string> Reasons { get; } = [.. Constants(typeof(Reasons))];

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("""(?:new Error\(|Fault\(|Refused\(|WithErrorCode\(|CheckState\.\w+, |= new\(|FailureKind\.\w+, )"([a-z]+(?:_[a-z]+)*)"[,)]""")]
    private static partial Regex ErrorCode();
}
