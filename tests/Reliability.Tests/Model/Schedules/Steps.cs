using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model.Schedules;

/// <summary>Everything that can happen.</summary>
internal static class Steps
{
    public static Step CustomerAsks(TimeSpan pause, int chat, Reaction reaction, Travel travel) =>
        Told(pause, travel, $"the customer of chat {chat} asks what the bot {Words(reaction)}", w => w.CustomerAsks(chat, reaction));

    public static Step CustomerSendsPicture(TimeSpan pause, int chat, Travel travel) =>
        Told(pause, travel, $"the customer of chat {chat} sends a picture", w => w.Freshchat.CustomerWrites(w.Chat(chat), null));

    public static Step PersonWrites(TimeSpan pause, int chat, Travel travel) =>
        Told(pause, travel, $"a person writes in chat {chat}", w => w.Freshchat.PersonWrites(w.Chat(chat)));

    public static Step PersonTakesOver(TimeSpan pause, int chat, Travel travel) =>
        Told(pause, travel, $"a person takes chat {chat}", w => w.Freshchat.Assign(w.Chat(chat), FreshchatModel.Person, null));

    public static Step PersonGivesBack(TimeSpan pause, int chat, Travel travel) =>
        Told(pause, travel, $"a person gives chat {chat} to the bot", w => w.Freshchat.Assign(w.Chat(chat), FreshchatModel.BotAgent, null));

    public static Step Resolved(TimeSpan pause, int chat, Travel travel) =>
        Told(pause, travel, $"chat {chat} is resolved", w => w.Freshchat.Resolve(w.Chat(chat)));

    public static Step Reopened(TimeSpan pause, int chat, Travel travel) =>
        Told(pause, travel, $"chat {chat} is reopened", w => w.Freshchat.Reopen(w.Chat(chat), "agent"));

    public static Step Fails(TimeSpan pause, Call call, int skip, int count, Fault fault) =>
        Step.Of(pause, $"{count} requests {call} are to meet {fault}, {skip} later", w => w.Faults.Plan(call, skip, count, fault));

    public static Step Crash(TimeSpan pause, int node) => Step.Of(pause, $"{Name(node)} crashes", w => w.Nodes[node].Crash());

    public static Step CrashAtCommit(TimeSpan pause, int node, int skip, bool after) =>
        Step.Of(pause, $"{Name(node)} is to crash {(after ? "after" : "before")} a commit, {skip} later", w => w.Nodes[node].CrashAtCommit(skip, after));

    public static Step Stops(TimeSpan pause, int node) => new(pause, $"{Name(node)} is stopped", w => w.Nodes.StopAsync(w.Nodes[node]));

    public static Step NodeAdded(TimeSpan pause) => Step.Of(pause, "a node is added", w => w.Nodes.Add());

    public static Step NodeKilled(TimeSpan pause, int node) =>
        Step.Of(pause, $"{Name(node)} is killed and does not come back, unless it is the last", w => w.Nodes.Kill(w.Nodes[node]));

    public static Step NodeFreezes(TimeSpan pause, int node, TimeSpan time) =>
        Step.Of(pause, $"{Name(node)} stands still for {time.TotalSeconds} s", w => w.Nodes[node].Freeze(time));

    public static Step TokenReplaced(TimeSpan pause) =>
        Step.Of(pause, "the account gets a new token, which makes the old one invalid", w => w.Freshchat.Token = $"token-of-the-simulation-{++w.Tokens:0000}");

    public static Step TokenSaved(TimeSpan pause) => new(pause, "an admin saves the token", w => w.SaveTokenAsync());

    private static Step Told(TimeSpan pause, Travel travel, string words, Action<World> act) =>
        Step.Of(
            pause,
            words + travel,
            w =>
            {
                w.Travel = travel;
                act(w);
                w.Travel = Travel.Straight;
            }
        );

    private static string Name(int node) => node == 0 ? "the portal" : $"the node in place {node}";

    private static string Words(Reaction reaction) =>
        reaction switch
        {
            Reaction.Answers => "answers",
            Reaction.AnswersTwice => "answers with two texts",
            Reaction.AnswersLate => "answers late",
            Reaction.DoesNotKnow => "does not know",
            Reaction.SaysSomethingAndDoesNotKnow => "does not know, but says something",
            _ => "never answers",
        };
}
