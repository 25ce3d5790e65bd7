using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using Benchmarks.Load;

namespace Benchmarks.FarSides;

/// <summary>When each customer message was said to the bot, when its answer was read, and when the reply arrived in Freshchat.</summary>
internal sealed class TurnTimes
{
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes(WebhookMessage.Mark);

    private readonly ConcurrentDictionary<int, MessageTimes> _messages = new();

    public void Said(ReadOnlySpan<byte> text, long at) => Each(text, m => m.Said = m.Said == 0 ? at : m.Said);

    public void Read(IReadOnlyList<int> numbers, long at)
    {
        foreach (var number in numbers)
        {
            var message = Find(number);
            if (message.Read == 0)
                message.Read = at;
        }
    }

    public void Replied(ReadOnlySpan<byte> text, long at) =>
        Each(
            text,
            m =>
            {
                m.Replied = m.Replied == 0 ? at : m.Replied;
                m.Replies++;
            }
        );

    /// <summary>The numbers of the messages that a text names.</summary>
    public static List<int> Numbers(ReadOnlySpan<byte> text)
    {
        var numbers = new List<int>(1);
        for (int at; (at = text.IndexOf(Mark)) >= 0; text = text[(at + Mark.Length)..])
        {
            if (Utf8Parser.TryParse(text.Slice(at + Mark.Length, WebhookMessage.Digits), out int number, out _))
                numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>Everything since the last time.</summary>
    public IReadOnlyList<MessageTimes> Take()
    {
        var taken = _messages.Values.ToList();
        _messages.Clear();
        return taken;
    }

    private void Each(ReadOnlySpan<byte> text, Action<MessageTimes> note)
    {
        foreach (var number in Numbers(text))
            note(Find(number));
    }

    private MessageTimes Find(int number) => _messages.GetOrAdd(number, n => new MessageTimes { Number = n });
}

/// <summary>Times of one message, by the stopwatch; 0 = not yet.</summary>
internal sealed class MessageTimes
{
    public int Number { get; set; }

    public long Said { get; set; }

    public long Read { get; set; }

    public long Replied { get; set; }

    /// <summary>How often it was answered; more than once is a fault of the portal.</summary>
    public int Replies { get; set; }
}
