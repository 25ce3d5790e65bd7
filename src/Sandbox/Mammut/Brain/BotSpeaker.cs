using Sandbox.Control;
using Sandbox.Mammut.Graph;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Brain;

/// <summary>What a bot does when its time to answer has come: it says what it knows, and asks to be taught what it does not.</summary>
internal sealed class BotSpeaker(SwitchBoard switches, GraphClock platformTime, TimeProvider clock)
{
    private const string AsksTheTeam = "Lo consulto con el equipo.";

    /// <summary>Takes the next step of a turn; a turn that is over is removed.</summary>
    /// <returns>What it did in this step.</returns>
    public BotStep GoOn(SandboxDb db, BotTurn turn)
    {
        var room = turn.Question.Room;
        var said = new List<Thought>();
        var asks = false;
        var reply = Knowledge.Answer(turn.Question.Text, room.SubChannel);
        var pause = switches.Get(MammutSwitches.SplitAnswer);
        var texts = pause > TimeSpan.Zero && reply.Texts.Count == 1 ? Halves(reply.Texts[0]) : reply.Texts;
        if (!room.Halted)
        {
            foreach (var text in texts.Skip(turn.Said).Take(pause > TimeSpan.Zero ? 1 : texts.Count).ToArray())
            {
                said.AddRange(Say(db, room, text));
                turn.Said++;
            }
            if (turn.Said < texts.Count)
            {
                turn.Due = clock.GetUtcNow() + pause;
                return new(room, said, asks);
            }
            asks = !reply.Complete;
            if (asks)
                said.AddRange(AskToBeTaught(db, turn.Question));
        }
        db.Remove(turn);
        return new(room, said, asks);
    }

    private Thought[] AskToBeTaught(SandboxDb db, Thought question)
    {
        var (place, room) = (switches.Get(MammutSwitches.IssuePlace), question.Room);
        var said = place == IssuePlace.VisitorThought ? [] : Say(db, room, AsksTheTeam);
        room.Halted = true;
        db.Add(
            new Issue
            {
                IssueType = switches.Get(MammutSwitches.IssueType),
                IssueState = "open",
                CreationDate = platformTime.Now,
                MachineId = room.Bot!.Id,
                Room = room,
                Cause = place == IssuePlace.BotThought ? said[^1] : question,
            }
        );
        return said;
    }

    private Thought[] Say(SandboxDb db, Room room, string text)
    {
        var said = new Thought[switches.Get(MammutSwitches.DuplicateThought) ? 2 : 1];
        for (var i = 0; i < said.Length; i++)
            db.Add(
                said[i] = new Thought
                {
                    Text = text,
                    CreationDate = platformTime.Now,
                    Room = room,
                    Sender = room.Bot!,
                }
            );
        return said;
    }

    private static string[] Halves(string text) =>
        text.IndexOf(' ', text.Length / 2) is > 0 and var middle ? [text[..middle], text[(middle + 1)..]] : [text];
}
