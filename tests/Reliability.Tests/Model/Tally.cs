using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model;

/// <summary>What happened in all schedules together: a model in which nothing happens proves nothing.</summary>
internal sealed class Tally
{
    private int _schedules;
    private int _asked;
    private int _replies;
    private int _handedOver;
    private int _takenOver;
    private int _restarts;
    private int _faults;

    public void Add(World world)
    {
        _schedules++;
        _restarts += world.Nodes.Restarts;
        _faults += world.Watch.Faults;
        foreach (var chat in world.Freshchat.Chats)
        {
            _asked += chat.Messages.Count(m => m.Actor == chat.User);
            _replies += chat.Messages.Count(m => m.Actor == FreshchatModel.BotAgent);
            _handedOver += chat.Events.Count(e => e.Meaning is Meaning.HandedOver);
            _takenOver += chat.Events.Count(e => e.Meaning is Meaning.PeopleTakeOver);
        }
    }

    public override string ToString() =>
        $"{_schedules} schedules: {_asked} messages, {_replies} replies, {_handedOver} hand-overs, {_takenOver} take-overs, {_restarts} restarts, {_faults} failed requests";
}
