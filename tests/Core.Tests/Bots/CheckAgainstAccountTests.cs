using Core.Bots;
using Core.Bots.Accounts;

namespace Core.Tests.Bots;

/// <summary>Whether settings fit the account, each misfit with its own name (freshchat.md 5.2, 5.3, 12.1).</summary>
public sealed class CheckAgainstAccountTests
{
    private static readonly FreshchatProbe Account = new(
        "app-1",
        "acme",
        [new("bot", "Bot", null, null, false, false), new("gone", "Gone", null, null, true, false)],
        [
            new("g1", " Soporte ", null, ["ana"]),
            new("g2", "Pedidos", null, ["ana", "bot"]),
            new("g3", "Doble", null, []),
            new("g4", "Doble ", null, []),
        ],
        []
    );

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData("app-1", null)]
    [InlineData(" APP-1 ", null)]
    [InlineData("app-2", "app_id_mismatch")]
    public void The_app_id_is_the_accounts_or_left_out(string? appId, string? code) =>
        Assert.Equal(code, CheckAgainstAccount.AppId(Account, appId)?.Code);

    [Theory]
    [InlineData("hola", "app_id_malformed")]
    [InlineData("1f1f1f1f-0000-4000-8000-000000000000", "app_id_mismatch")]
    public void What_does_not_look_like_an_app_id_is_not_said_to_be_anothers(string appId, string code) =>
        Assert.Equal(code, CheckAgainstAccount.AppId(Account with { AppId = "0b0c1d5e-2f4b-4b7e-9a52-4f4f5a0c1b2d" }, appId)?.Code);

    [Theory]
    [InlineData("bot", null)]
    [InlineData(" bot ", null)]
    [InlineData(null, "required")]
    [InlineData("", "required")]
    [InlineData("BOT", "agent_not_found")]
    [InlineData("nobody", "agent_not_found")]
    [InlineData("gone", "agent_deactivated")]
    public void The_agent_exists_and_may_speak(string? agent, string? code) => Assert.Equal(code, CheckAgainstAccount.Agent(Account, agent).Error?.Code);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("  ", null, null)]
    [InlineData("Soporte", "g1", null)]
    [InlineData("  Soporte", "g1", null)]
    [InlineData("soporte", null, "group_not_found")]
    [InlineData("Doble", null, "group_ambiguous")]
    [InlineData("Pedidos", null, "group_contains_bot")]
    [InlineData("Nadie", null, "group_not_found")]
    public void The_group_exists_once_and_is_not_the_bots_own(string? name, string? id, string? code)
    {
        var found = CheckAgainstAccount.Group(Account, name, " bot ");

        Assert.Equal(code, found.Error?.Code);
        Assert.Equal(id, found.Value?.Id);
    }
}
