using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support;

namespace Reliability.Tests.Crash;

/// <summary>What the far sides saw, line by line as the sandbox kept it. All times are milliseconds of one clock.</summary>
internal sealed class Ledger
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<Marker, bool> _answered = [];
    private long _read;

    /// <summary>Every message in Freshchat, in order.</summary>
    public List<FarMessage> Messages { get; } = [];

    /// <summary>Every attempt to deliver a webhook.</summary>
    public List<FarAttempt> Attempts { get; } = [];

    /// <summary>Every thought in Mammut, in order.</summary>
    public List<FarThought> Thoughts { get; } = [];

    /// <summary>Waits a little and reads what is new; tells whether anything was.</summary>
    public async Task<bool> ReadOnAsync(SandboxControl sandbox)
    {
        await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        var lines = await sandbox.LedgerAsync(_read);
        foreach (var line in lines)
            Add(line);
        return lines.Count > 0;
    }

    /// <summary>Whether the bot has answered, as far as it was read; may be asked by anybody at any time.</summary>
    public bool Answered(Marker question) => _answered.ContainsKey(question);

    /// <summary>True when every event that has been attempted was acknowledged in the end, and no message still waits for its first attempt.</summary>
    public bool EverythingDelivered()
    {
        var accepted = Attempts.Where(a => a.Accepted).Select(a => a.EventId).ToHashSet();
        var announced = Attempts.Select(a => a.MessageId).OfType<string>().ToHashSet();
        return Attempts.All(a => accepted.Contains(a.EventId)) && Messages.All(m => announced.Contains(m.Id));
    }

    private void Add(JsonNode line)
    {
        _read = (long)line["n"]!;
        switch ((string)line["kind"]!)
        {
            case "message":
                var message = line.Deserialize<FarMessage>(Json)!;
                Messages.Add(message);
                foreach (var question in message.ByApi ? Marker.In(message.Text) : [])
                    _answered[question] = true;
                break;
            case "webhook":
                Attempts.Add(line.Deserialize<FarAttempt>(Json)!);
                break;
            case "thought":
                Thoughts.Add(line.Deserialize<FarThought>(Json)!);
                break;
        }
    }
}

/// <summary>A message in Freshchat.</summary>
internal sealed record FarMessage(string Id, string ConversationId, string ActorType, string Text, bool ByApi, double ArrivedAt);

/// <summary>An attempt to deliver a webhook; without a status nobody answered.</summary>
internal sealed record FarAttempt(long EventId, string Action, string ConversationId, string? MessageId, int? Status, double SentAt, double AnsweredAt)
{
    public bool Accepted => Status is >= 200 and < 300;

    /// <summary>Surely never stored: there was no portal to take it.</summary>
    public bool NotTaken => Status == 503;
}

/// <summary>A thought in Mammut.</summary>
internal sealed record FarThought(long RoomId, bool ByBot, string Text);

/// <summary>What the portal says became of a webhook.</summary>
internal sealed record Recorded(string Status, string? Reason);
