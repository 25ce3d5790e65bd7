using System.Text.Json;

namespace Core.Webhooks;

/// <summary>
/// Reads a body once, from front to back, and notes where the values stand that any generation of payloads may hold. What an object
/// means is known only at its end, because its names come in any order.
/// </summary>
internal static class PayloadReader
{
    /// <summary>False when the body is not one JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out PayloadNotes payload)
    {
        payload = new() { Body = body };
        var json = new Utf8JsonReader(body);
        try
        {
            json.Read();
            if (json.TokenType is not JsonTokenType.StartObject)
                return false;
            while (Next(ref json, out var field))
            {
                if (field is PayloadField.Data)
                    payload.Data = Data(ref json, body);
                else if (field is PayloadField.Actor)
                    payload.Actor = Values(ref json);
                else
                    Note(ref payload.Envelope, field, ref json);
            }
            // Throws when anything follows.
            json.Read();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static PayloadData Data(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        PayloadData data = default;
        if (!IsObject(ref json))
            return data;
        while (Next(ref json, out var field))
        {
            var section = Section(ref json, body);
            if (field is PayloadField.Message)
                data.Message = section;
            else if (field is PayloadField.Assignment)
                data.Assignment = section;
            else if (field is PayloadField.Resolve)
                data.Resolve = section;
            else if (field is PayloadField.Reopen)
                data.Reopen = section;
            data.FirstAppId = First(body, data.FirstAppId, section, PayloadField.AppId);
            data.FirstConversationId = First(body, data.FirstConversationId, section, PayloadField.ConversationId);
        }
        return data;
    }

    private static PayloadValue First(ReadOnlySpan<byte> body, PayloadValue known, in PayloadSection section, PayloadField field)
    {
        if (known.Type is not JsonTokenType.None)
            return known;
        if (PayloadText.IsId(body, section.Own[field]))
            return section.Own[field];
        return PayloadText.IsId(body, section.Conversation[field]) ? section.Conversation[field] : default;
    }

    private static PayloadSection Section(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        PayloadSection section = default;
        if (!IsObject(ref json))
            return section;
        while (Next(ref json, out var field))
        {
            if (field is PayloadField.Conversation)
                section.Conversation = Values(ref json);
            else if (field is PayloadField.MessageParts)
                section.Texts = Texts(ref json, body, PayloadField.Text, PayloadField.Content);
            else if (field is PayloadField.MsgParts)
                section.OldestTexts = Texts(ref json, body, PayloadField.Properties, PayloadField.Text);
            else
                Note(ref section.Own, field, ref json);
        }
        return section;
    }

    private static List<PayloadValue>? Texts(ref Utf8JsonReader json, ReadOnlySpan<byte> body, PayloadField within, PayloadField name)
    {
        if (json.TokenType is not JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }
        List<PayloadValue> texts = [];
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (!IsObject(ref json))
                continue;
            PayloadValue text = default,
                type = default;
            while (Next(ref json, out var field))
            {
                if (field == within)
                    text = Leaf(ref json, name);
                else if (field is PayloadField.PartType)
                    type = Plain(ref json);
                else
                    json.Skip();
            }
            // Only the oldest parts say what they are.
            var isText = within is PayloadField.Text || PayloadText.Word(body, type, PayloadText.LongestId) is null or "text";
            if (isText && text.Type is JsonTokenType.String)
                texts.Add(text);
        }
        return texts;
    }

    private static PayloadValue Leaf(ref Utf8JsonReader json, PayloadField name)
    {
        PayloadValue leaf = default;
        if (!IsObject(ref json))
            return leaf;
        while (Next(ref json, out var field))
        {
            if (field == name)
                leaf = Plain(ref json);
            else
                json.Skip();
        }
        return leaf;
    }

    private static PayloadValues Values(ref Utf8JsonReader json)
    {
        PayloadValues values = default;
        if (!IsObject(ref json))
            return values;
        while (Next(ref json, out var field))
            Note(ref values, field, ref json);
        return values;
    }

    private static void Note(ref PayloadValues values, PayloadField field, ref Utf8JsonReader json)
    {
        if (field < PayloadField.PlainValues)
            values[field] = Plain(ref json);
        else
            json.Skip();
    }

    private static PayloadValue Plain(ref Utf8JsonReader json)
    {
        var value = PayloadValue.At(ref json);
        json.Skip();
        return value;
    }

    // What is no object holds nothing that is looked for.
    private static bool IsObject(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.StartObject)
            return true;
        json.Skip();
        return false;
    }

    private static bool Next(ref Utf8JsonReader json, out PayloadField field)
    {
        field = PayloadField.Other;
        if (!json.Read() || json.TokenType is JsonTokenType.EndObject)
            return false;
        field = PayloadFields.Of(ref json);
        return json.Read();
    }
}
