using Core.Security;
using Microsoft.AspNetCore.DataProtection;

namespace Core.Tests.Security;

public sealed class SecretsTests
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.example-token-9876";

    [Fact]
    public void A_token_comes_back_only_with_the_keys_that_protected_it()
    {
        var secrets = new Secrets(new EphemeralDataProtectionProvider());
        var stored = secrets.Protect(Token);

        Assert.DoesNotContain(Token, stored, StringComparison.Ordinal);
        Assert.Equal(Token, secrets.Reveal(stored));
        Assert.Null(new Secrets(new EphemeralDataProtectionProvider()).Reveal(stored));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("%%%")]
    public void What_cannot_be_read_is_no_token(string? stored) => Assert.Null(new Secrets(new EphemeralDataProtectionProvider()).Reveal(stored));

    [Theory]
    [InlineData(Token, "…9876")]
    [InlineData("0123456789abcdef", "…cdef")]
    [InlineData("0123456789abcde", "…")]
    [InlineData("short", "…")]
    [InlineData("", "…")]
    public void Only_four_characters_of_a_long_token_are_shown(string token, string hint) => Assert.Equal(hint, Secrets.Hint(token));

    [Theory]
    [InlineData(Role.Viewer, Role.Viewer, true)]
    [InlineData(Role.Viewer, Role.Operator, false)]
    [InlineData(Role.Operator, Role.Viewer, true)]
    [InlineData(Role.Operator, Role.Admin, false)]
    [InlineData(Role.Admin, Role.Admin, true)]
    [InlineData(null, Role.Viewer, false)]
    public void Each_role_may_do_what_the_ones_before_it_may(Role? has, Role needed, bool may) => Assert.Equal(may, new Actor("somebody", has).May(needed));
}
