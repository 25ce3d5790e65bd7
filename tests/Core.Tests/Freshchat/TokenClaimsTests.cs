using System.Buffers.Text;
using System.Text;
using Core.Freshchat;

namespace Core.Tests.Freshchat;

public sealed class TokenClaimsTests
{
    private const string All = "agent:read user:read conversation:read conversation:update message:create";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3650, All, "")]
    [InlineData(29, All, "token_expires_soon")]
    [InlineData(-1, All, "token_expired")]
    [InlineData(3650, "agent:read", "token_scope_missing")]
    [InlineData(-1, "agent:read user:read", "token_expired token_scope_missing")]
    [InlineData(null, null, "")]
    [InlineData(3650, "", "")]
    public void What_a_token_says_about_itself_is_said_early(int? days, string? scope, string codes)
    {
        var expiry = days is { } d ? $"\"exp\":{Now.AddDays(d).ToUnixTimeSeconds()}," : "";
        var scopes = scope is null ? "" : $"\"scope\":\"{scope}\",";

        var claims = TokenClaims.Read(Jwt($"{{{expiry}{scopes}\"iss\":\"freshchat\"}}"));

        Assert.Equal(codes, string.Join(' ', claims!.Warnings(Now).Select(warning => warning.Code)));
    }

    [Fact]
    public void Missing_scopes_are_named() =>
        Assert.Equal(["user:read", "conversation:read", "conversation:update"], TokenClaims.Read(Jwt("""{"scope":"agent:read  message:create x"}"""))!.MissingScopes);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example-token-not-a-secret")]
    [InlineData("a.b.c")]
    [InlineData("a.!!!.c")]
    [InlineData("..")]
    public void What_is_no_JWT_says_nothing(string? token) => Assert.Null(TokenClaims.Read(token));

    [Theory]
    [InlineData("""{"exp":"tomorrow"}""")]
    [InlineData("""{"exp":1e300}""")]
    [InlineData("""{"exp":-5}""")]
    [InlineData("""{"scope":7}""")]
    public void Claims_that_make_no_sense_are_none(string claims) => Assert.Empty(TokenClaims.Read("Bearer " + Jwt(claims))!.Warnings(Now));

    private static string Jwt(string claims) => $"eyJhbGciOiJIUzI1NiJ9.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2VhbA";
}
