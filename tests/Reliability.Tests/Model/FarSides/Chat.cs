using System.Globalization;
using System.Security.Cryptography;

namespace Reliability.Tests.Model.FarSides;

/// <summary>What an event of Freshchat means for the owner of its conversation (freshchat.md 12.4).</summary>
internal enum Meaning
{
    None,
    PeopleTakeOver,
    HandedOver,
    BotIsBack,
}

/// <summary>A conversation of the simulated Freshchat.</summary>
internal sealed class Chat(int number)
{
    public int Number { get; } = number;
    public string Id { get; } = $"90c79624-35b6-46d8-9b24-c0402596d2{number:00}";
    public string NumericId { get; } = (904417330215860 + number).ToString(CultureInfo.InvariantCulture);
    public string User { get; } = $"e4a8e902-76fc-4fd7-abcb-b9cda4dbb9{number:00}";
    public string? Agent { get; set; }
    public string? Group { get; set; }
    public bool Resolved { get; set; }
    public string Episode { get; private set; } = "";
    public DateTimeOffset UpdatedAt { get; set; }
    public List<ChatMessage> Messages { get; } = [];
    public List<ChatEvent> Events { get; } = [];

    public void Begin(DateTimeOffset at) => (Episode, Resolved, UpdatedAt) = ($"{NumericId}-{at.ToUnixTimeMilliseconds()}", false, at);
}

/// <summary>A message that Freshchat holds.</summary>
internal sealed record ChatMessage(Chat Chat, string Id, string ActorType, string Actor, string? Text, DateTimeOffset At, string Episode);

/// <summary>Something that happened and is told by a webhook.</summary>
internal sealed record ChatEvent(Chat Chat, DateTimeOffset At, Meaning Meaning, byte[] Body)
{
    public ChatMessage? Message { get; init; }

    /// <summary>Ends its episode: what was asked before need not be answered any more, and cannot be.</summary>
    public bool Closes { get; init; }

    public bool TakesFromBot => Meaning is Meaning.PeopleTakeOver or Meaning.HandedOver;

    public string Episode { get; } = Chat.Episode;

    /// <summary>The key under which a receiver knows it again (freshchat.md 9.4).</summary>
    public string Key => Message?.Id ?? Convert.ToHexStringLower(SHA256.HashData(Body));
}
