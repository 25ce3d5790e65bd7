using System.Reflection;
using Core.Outcomes;
using Portal.Api;

namespace Portal.Tests.Api;

/// <summary>Who is to blame, by the status of a code (portal.md 3).</summary>
public sealed class ApiProblemTests
{
    public static TheoryData<string> OfFarSides { get; } =
        [.. typeof(FarCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(OfFarSides))]
    public void What_a_far_side_failed_at_is_never_a_fault_of_the_request(string code)
    {
        Assert.Contains(ApiProblem.Status(code), (int[])[422, 502]);
        Assert.Equal(502, ApiProblem.Status("mammut_" + code));
    }

    [Theory]
    [InlineData("too_long", 400)]
    [InlineData("mammut_id_invalid", 400)]
    [InlineData("role_too_low", 403)]
    [InlineData("bot_not_found", 404)]
    [InlineData("mammut_missing", 409)]
    [InlineData("sites_changed", 409)]
    [InlineData("version_mismatch", 412)]
    [InlineData("group_not_found", 422)]
    [InlineData("mammut_id_unknown", 422)]
    [InlineData("mammut_create_unclear", 502)]
    public void Others_say_what_is_wrong_with_it(string code, int status) => Assert.Equal(status, ApiProblem.Status(code));
}
