using Core.Freshchat;
using Core.Mammut;

namespace Core.Tests.Freshchat;

public sealed class SecretsTests
{
    private const string HeaderSecret = "extra-header-secret-77";
    private static readonly ConversationIds Conversation = new("c-1", "17");

    public static TheoryData<string> Behaviours => ["well", "refusing", "failing", "web page", "cutting", "gone", "limiting"];

    [Theory, MemberData(nameof(Behaviours))]
    public async Task No_token_reaches_a_log_or_a_failure_whatever_the_far_side_does(string behaviour)
    {
        var side = await FarSide.Start(request => behaviour switch
        {
            "well" => new Reply(200, """{"status":"Success","id":"1","groups":[],"taskResult":[{"affectedElementId":1,"affectedElementName":"user"}]}"""),
            // The worst far side quotes everything that it was sent.
            "refusing" => new Reply(401, $$"""{"message":"no: {{request.Target}} {{request.Headers.GetValueOrDefault("Authorization")}} {{request.Headers.GetValueOrDefault("X-Api-Key")}}"}"""),
            "failing" => new Reply(503, $"{request.Target} {request.Headers.GetValueOrDefault("Authorization")} {request.Body}", "text/plain"),
            "limiting" => new Reply(429, request.Target),
            "web page" => new Reply(200, $"<html>{request.Target}</html>", "text/html"),
            _ => Reply.Cut,
        });
        await using var clients = new Clients(side, null, ("Mammut:ExtraHeader", $"X-Api-Key: {HeaderSecret}"), ("Freshchat:Timeout", "00:00:01"));
        if (behaviour == "gone")
            await side.DisposeAsync();
        var bot = new BotProperties { Name = "bot-demo", FreshchatAccessToken = Clients.Token };
        var (freshchat, mammut, account) = (clients.Freshchat, clients.Mammut, clients.Account);

        object[] results =
        [
            await freshchat.GetConfiguration(account),
            await freshchat.ListGroups(account),
            await freshchat.GetConversation(account, Conversation),
            await freshchat.AssignGroup(account, Conversation, "g-1"),
            await freshchat.PostReply(account, Conversation, "Hola", "a-1"),
            await mammut.CreateBot(bot),
            await mammut.UpdateBot(730114, bot),
            await mammut.ReadUser(730114),
            await mammut.Say(1, 2, "Hola", DateTimeOffset.UnixEpoch),
        ];

        var shown = $"{clients.Log.All} {string.Join('\n', results)} {account} {bot}";
        Assert.Contains("/app:mammut-1/graph/user:730114", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Clients.Token, shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(HeaderSecret, shown, StringComparison.OrdinalIgnoreCase);
        await side.DisposeAsync();
    }
}
