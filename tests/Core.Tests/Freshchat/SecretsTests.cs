using System.Collections.Concurrent;
using System.Diagnostics;
using Core.Freshchat;
using Core.Mammut;

namespace Core.Tests.Freshchat;

public sealed class SecretsTests
{
    private const string HeaderSecret = "extra-header-secret-77";
    private static readonly ConversationIds Conversation = new("c-1", "17");

    public static TheoryData<string> Behaviours => ["well", "refusing", "failing", "web page", "cutting", "gone", "limiting"];

    [Theory, MemberData(nameof(Behaviours))]
    public async Task No_token_reaches_a_log_a_trace_or_a_failure_whatever_the_far_side_does(string behaviour)
    {
        var traced = new ConcurrentQueue<string>();
        using var listener = Trace(traced);
        using var nobody = new Nobody();
        await using var side = await FarSide.Start(request => Answer(behaviour, request));
        await using var clients = new Clients(
            behaviour == "gone" ? nobody.Url : side.Url,
            null,
            ("Mammut:ExtraHeader", $"X-Api-Key: {HeaderSecret}"));
        var bot = new BotProperties { Name = "bot-demo", FreshchatAccessToken = Clients.Token };
        var (freshchat, mammut, account) = (clients.Freshchat, clients.Mammut, clients.Account);

        object[] results =
        [
            await freshchat.GetConfiguration(account),
            await freshchat.ListAgents(account),
            await freshchat.ListGroups(account),
            await freshchat.ListChannels(account),
            await freshchat.GetUser(account, "u-1"),
            await freshchat.GetConversation(account, Conversation),
            await freshchat.AssignGroup(account, Conversation, "g-1"),
            await freshchat.ReleaseAgent(account, Conversation),
            await freshchat.ListMessages(account, Conversation),
            await freshchat.PostReply(account, Conversation, "Hola", "a-1"),
            await mammut.CreateBot(bot),
            await mammut.UpdateBot(730114, bot),
            await mammut.ReadUser(730114),
            await mammut.ReadRoom(2),
            await mammut.CreateVisitor("es"),
            await mammut.CreateRoom(1, 730114, "title", "Freshchat", null),
            await mammut.Say(1, 2, "Hola", DateTimeOffset.UnixEpoch),
            await mammut.Thoughts(2, DateTimeOffset.UnixEpoch),
            await mammut.PostRemoveHaltedMark(730114, 2),
        ];

        var shown = $"{clients.Log.All}\n{string.Join('\n', results)}\n{account}\n{bot}";
        var traces = string.Join('\n', traced);
        Assert.All([shown, traces], text =>
        {
            Assert.Contains("/app:mammut-1/graph/user:730114", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Clients.Token, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(HeaderSecret, text, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static Reply Answer(string behaviour, Seen request)
    {
        var (authorization, key) = (request.Headers.GetValueOrDefault("Authorization"), request.Headers.GetValueOrDefault("X-Api-Key"));
        return behaviour switch
        {
            "well" => new Reply(
                200,
                """
                {"status":"Success","id":"1","agents":[],"groups":[],"channels":[],"messages":[],
                 "taskResult":[{"affectedElementId":1,"affectedElementName":"user"}]}
                """),
            // The worst far sides quote everything that they were sent.
            "refusing" => new Reply(401, $$"""{"message":"no: {{request.Target}} {{authorization}} {{key}}"}"""),
            "failing" => new Reply(503, $"{request.Target} {authorization} {key} {request.Body}", "text/plain"),
            "limiting" => new Reply(429, request.Target),
            "web page" => new Reply(200, $"<html>{request.Target}</html>", "text/html"),
            _ => Reply.Cut,
        };
    }

    private static ActivityListener Trace(ConcurrentQueue<string> traced)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
