using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Core.Webhooks;

/// <summary>Where the values stand that one pass over a body has met; none of them is a string yet.</summary>
internal ref struct PayloadNotes
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Body;

    /// <summary>What stands at the top.</summary>
    public PayloadValues Envelope;

    /// <summary><c>actor</c>.</summary>
    public PayloadValues Actor;

    /// <summary><c>data</c>.</summary>
    public PayloadData Data;
}

/// <summary><c>data</c>, in whichever sections the action may need.</summary>
internal struct PayloadData
{
    /// <summary><c>data.message</c>.</summary>
    public PayloadSection Message;

    /// <summary><c>data.assignment</c>.</summary>
    public PayloadSection Assignment;

    /// <summary><c>data.resolve</c>.</summary>
    public PayloadSection Resolve;

    /// <summary><c>data.reopen</c>.</summary>
    public PayloadSection Reopen;

    /// <summary>The first app id in any section or its conversation.</summary>
    public PayloadValue FirstAppId;

    /// <summary>The first conversation id likewise.</summary>
    public PayloadValue FirstConversationId;
}

/// <summary>One section of <c>data</c>.</summary>
internal struct PayloadSection
{
    /// <summary>Its own values.</summary>
    public PayloadValues Own;

    /// <summary>Those of its <c>conversation</c>.</summary>
    public PayloadValues Conversation;

    /// <summary>Texts of <c>message_parts</c>; null when that is no list.</summary>
    public List<PayloadValue>? Texts;

    /// <summary>Texts of <c>msg_parts</c>, the oldest generation; null likewise.</summary>
    public List<PayloadValue>? OldestTexts;
}

/// <summary>The plain values of one object. Of a name that stands there twice the last one counts.</summary>
internal struct PayloadValues
{
    private Slots _values;

    /// <summary>The value of that name; its type is <see cref="JsonTokenType.None"/> when there is none.</summary>
    public PayloadValue this[PayloadField field]
    {
        readonly get => _values[(int)field];
        set => _values[(int)field] = value;
    }

    [InlineArray((int)PayloadField.PlainValues)]
    private struct Slots
    {
        private PayloadValue _first;
    }
}

/// <summary>Where a string, a number or <c>true</c> stands in the body; anything else is no value.</summary>
internal readonly record struct PayloadValue(int Start, int Length, JsonTokenType Type)
{
    /// <summary>The value that the reader stands on.</summary>
    public static PayloadValue At(ref Utf8JsonReader json) =>
        json.TokenType switch
        {
            JsonTokenType.String => new((int)json.TokenStartIndex + 1, json.ValueSpan.Length, JsonTokenType.String),
            JsonTokenType.Number or JsonTokenType.True => new((int)json.TokenStartIndex, json.ValueSpan.Length, json.TokenType),
            _ => default,
        };

    /// <summary>Its bytes, without quotes.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
