using Core.Bots.Accounts;

namespace Core.Tests.Bots;

/// <summary>Who looks like a person, and who is known for a bot by name.</summary>
public sealed class AgentDoubtsTests
{
    [Theory]
    [InlineData("Bot Mammut", "bot@acme.test", "Agent", "")]
    [InlineData("Mammut", "chatbot-1@acme.test", "Agent", "")]
    [InlineData("Freshbot", "ventas@acme.test", "Agent", "Member of Self service")]
    [InlineData("Chatbot", null, null, "")]
    [InlineData("Bot2", null, "Agent", "")]
    [InlineData("Ana Talbot", "ana@acme.test", "Agent", "Member of Self service")]
    [InlineData("Lucía Ferrer", "lucia@bot.test", "Agent", "Member of Self service")]
    [InlineData("Bot Mammut", "bot@acme.test", "Account Admin", "Leads")]
    [InlineData("Lucía Ferrer", null, "Supervisor", "Leads, Member of Self service")]
    public void A_member_of_a_group_is_taken_for_a_person_unless_its_name_says_that_it_is_a_bot(string name, string? mail, string? role, string doubts)
    {
        AgentView agent = new("a-1", name, mail, role, Deactivated: false, IntelliAssign: false);
        FreshchatProbe account = new("app-1", null, [agent], [new("g-1", "Self service", null, ["a-1"]), new("g-2", "Support", null, ["a-2"])], []);

        Assert.Equal(doubts, string.Join(", ", AgentDoubts.Of(account, agent).Select(doubt => doubt.Group is { } group ? $"{doubt.Why} of {group}" : doubt.Why)));
    }
}
