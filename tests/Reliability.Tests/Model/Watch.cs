using Reliability.Tests.Model.FarSides;
using Reliability.Tests.Model.Schedules;

namespace Reliability.Tests.Model;

/// <summary>Sees everything that leaves and reaches the portal, tells it in words, and notices at once when the invariant breaks.</summary>
internal sealed class Watch(World world)
{
    private readonly HashSet<ChatEvent> _acknowledged = [];
    private readonly HashSet<ChatEvent> _reached = [];
    private readonly List<string> _story = [];

    public List<string> Violations { get; } = [];

    public IEnumerable<ChatEvent> AcknowledgedEvents => _acknowledged;

    public int Faults { get; private set; }

    public string Story => string.Join('\n', _story);

    public void Tell(string what) => _story.Add($"{world.Time.Now:HH:mm:ss.fff} {what}");

    public void Broken(string what)
    {
        Tell("BROKEN " + what);
        Violations.Add(what);
    }

    public void Sent(int node, Request request, Fault fault)
    {
        Tell($"{(world.Cluster == Cluster.Single ? "" : $"node {node}: ")}{request.Side} {request.Method} {request.Path} {request.Body}{(fault is Fault.None ? "" : $" <- {fault}")}");
        Faults += fault is Fault.None ? 0 : 1;
        if (request.Call is Call.Reply)
            ReplyStarts(request);
    }

    public void Done(Request request, Answer answer)
    {
        if (answer.Status != 200)
            Tell($"  answered {answer.Status} {request.Method} {request.Path}");
    }

    /// <summary>The portal may know of it from now on: it can be on disk before its sender has heard so.</summary>
    public void Reached(ChatEvent e) => _reached.Add(e);

    public void Acknowledged(ChatEvent e)
    {
        if (_acknowledged.Add(e))
            Tell($"acknowledged {e.Meaning} {e.Message?.Id} of chat {e.Chat.Number} from {e.At:HH:mm:ss.fff}");
    }

    // No reply starts after people took over was acknowledged, until the bot is given back: judged by what the portal has acknowledged of
    // the taking and can know of the giving back, in the order of Freshchat's clock.
    private void ReplyStarts(Request request)
    {
        var chat = world.Freshchat.Chats.First(c => request.Path.Contains(c.Id, StringComparison.Ordinal));
        var acknowledged = chat.Events.Where(_acknowledged.Contains).ToList();
        var told = acknowledged.Where(e => e.Meaning is not Meaning.None)
            .Concat(chat.Events.Where(e => e.Meaning is Meaning.BotIsBack && _reached.Contains(e)))
            .MaxBy(e => e.At);
        // A customer's message of a later episode proves a reopening that has not been told yet (freshchat.md 12.4).
        if (told?.Meaning is Meaning.PeopleTakeOver && !acknowledged.Exists(e => e.At > told.At && e.Episode != told.Episode))
            Broken($"a reply started in chat {chat.Number} after the take-over of {told.At:HH:mm:ss.fff} was acknowledged");
    }
}
