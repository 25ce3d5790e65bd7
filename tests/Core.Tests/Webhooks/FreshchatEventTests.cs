using System.Text;
using System.Text.Json.Nodes;
using Core.Tests.Freshchat;
using Core.Webhooks;

namespace Core.Tests.Webhooks;

/// <summary>One reader for all generations of payloads (freshchat.md 6, 7), on every example of the contracts.</summary>
public sealed class FreshchatEventTests
{
    private const string AppId = "424b1fee-9709-4315-85d9-5954058b4714";
    private static readonly JsonArray Expected = JsonNode.Parse(Payload.Text("expected"))!["examples"]!.AsArray();

    public static TheoryData<string> Files => [.. Expected.Select(e => (string)e!["file"]!)];

    [Fact]
    public void Every_webhook_example_is_expected_to_do_something() =>
        Assert.Equal(
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Payloads"), "webhook-*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Expected.Select(e => (string)e!["file"]!).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_is_read_in_its_effective_values(string file)
    {
        var expected = Expected.Single(e => (string)e!["file"]! == file)!;
        var json = JsonNode.Parse(Payload.Text(Path.GetFileNameWithoutExtension(file)))!;

        var read = Read(json.ToJsonString());

        Assert.Equal((string?)expected["effectiveUserId"], read.UserId);
        Assert.Equal(AppId, read.AppId);
        Assert.Equal((string?)json["action"], read.Action);
        Assert.NotNull(read.ConversationId);
        Assert.Equal(Instant((string?)json["data"]?["message"]?["created_time"] ?? (string?)json["action_time"]), read.Time);
        if ((bool)expected["turn"]!)
            Assert.Equal((string?)expected["textSaidToBot"], read.Message!.Text);
        Assert.Equal(read.Kind is EventKind.MessageCreated, read.Message is not null);
        Assert.Equal(read.Kind is EventKind.Assigned, read.Assignment is not null);
    }

    [Theory]
    [InlineData("webhook-2018-message_create", null, null)]
    [InlineData("webhook-2021-message_create", null, "904417330215862-1772442903981")]
    [InlineData("webhook-2025-message_create", "904417330215862", "904417330215862-1772442903981")]
    [InlineData("webhook-2025-conversation_reopen", "904417330215862", null)]
    public void Numbers_and_episodes_are_taken_where_a_generation_has_them(string file, string? number, string? interaction)
    {
        var read = Read(Payload.Text(file));

        Assert.Equal(number, read.NumericConversationId);
        if (interaction is not null)
            Assert.Equal(interaction, read.InteractionId);
    }

    [Fact]
    public void An_assignment_names_who_gave_it_to_whom_and_empty_means_nobody()
    {
        var read = Read(Payload.Text("webhook-2025-conversation_assignment")).Assignment!;

        Assert.Equal("agent", read.Assignor);
        Assert.Equal("126e79e2-e6ca-41d6-a1ad-bc4e10bfa287", read.AssignorId);
        Assert.Equal("126e79e2-e6ca-41d6-a1ad-bc4e10bfa287", read.ToAgentId);
        Assert.Equal("d0e414d9-68ed-4851-9ae0-a30dfef64997", read.ToGroupId);
        Assert.Null(read.FromAgentId);
    }

    [Theory]
    [InlineData("webhook-private-note", true)]
    [InlineData("webhook-private-note-flag-only", true)]
    [InlineData("webhook-human-agent-message", false)]
    [InlineData("webhook-2022-message_create", false)]
    public void A_note_is_known_by_type_or_by_flag(string file, bool note) => Assert.Equal(note, Read(Payload.Text(file)).Message!.PrivateNote);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("<html></html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"message_create\"")]
    [InlineData("{\"action\":\"message_create\"} {}")]
    [InlineData("{'action':'message_create'}")]
    public void What_is_no_json_object_is_no_event(string body) => Assert.False(FreshchatEvent.TryRead(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void A_nest_without_end_is_no_event() =>
        Assert.False(FreshchatEvent.TryRead(Encoding.UTF8.GetBytes(new string('[', 100_000)), out _));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"action":null}""")]
    [InlineData("""{"action":7}""")]
    [InlineData("""{"action":"conversation_create","data":[1,2]}""")]
    [InlineData("""{"action":["message_create"],"data":{"message":{}}}""")]
    public void An_object_without_a_known_action_is_an_unknown_event(string body) => Assert.Equal(EventKind.Unknown, Read(body).Kind);

    [Theory]
    [InlineData("""{"action":"message_create"}""")]
    [InlineData("""{"action":"message_create","data":null}""")]
    [InlineData("""{"action":"message_create","data":{"message":"hello"}}""")]
    [InlineData("""{"action":"message_create","actor":"user","data":{"message":{"message_parts":{"text":"x"},"created_time":12,"id":null}}}""")]
    [InlineData("""{"action":"message_create","data":{"message":{"message_parts":[null,1,"x",{"text":"x"},{"text":{"content":5}},{"text":null}]}}}""")]
    public void A_message_with_everything_missing_or_odd_is_still_a_message(string body)
    {
        var read = Read(body);

        Assert.Equal(EventKind.MessageCreated, read.Kind);
        Assert.Equal(new MessageContent(null, "normal", false, null), read.Message);
        Assert.Null(read.Time);
        Assert.Null(read.ConversationId);
    }

    [Theory]
    [InlineData("conversation_assignment", EventKind.Assigned)]
    [InlineData("conversation_resolution", EventKind.Resolved)]
    [InlineData("conversation_reopen", EventKind.Reopened)]
    public void A_state_event_with_everything_missing_is_still_one(string action, EventKind kind) =>
        Assert.Equal(kind, Read($$"""{"action":"{{action}}"}""").Kind);

    [Fact]
    public void Numbers_are_taken_where_texts_are_expected()
    {
        var read = Read("""{"action":"message_create","data":{"message":{"id":17,"conversation_id":904417330215862,"app_id":1,"actor_type":"user","actor_id":5}}}""");

        Assert.Equal(("17", "904417330215862", "1", "5"), (read.Message!.Id, read.ConversationId, read.AppId, read.UserId));
    }

    [Theory]
    [InlineData("""{"action":"message_create","data":{"message":{"id":"m","message_parts":[{"text":{"content":"half \ud83c"}},{"text":{"content":"whole"}}]}}}""")]
    [InlineData("""{"\ud800":1,"action":"message_create","data":{"message":{"\udfff":{},"id":"m","message_parts":[{"text":{"content":"whole"}}]}}}""")]
    [InlineData("""{"action":"message_create","data":{"message":{"id":"m","message_parts":[{"text":{"content":"whole"}}],"\ud800":2}},"\ud800x":1}""")]
    public void Half_a_surrogate_pair_costs_nothing_but_itself(string body)
    {
        var read = Read(body);

        Assert.Equal("m", read.Message!.Id);
        Assert.Equal("whole", read.Message.Text);
    }

    [Fact]
    public void Broken_utf8_costs_nothing_but_itself()
    {
        byte[] body = [.. """{"action":"message_create","data":{"message":{"id":"m","user_id":" """u8[..^1], 0xC3, 0x28, .. "\"}}}"u8];

        // Whether such bytes are JSON at all is the reader's choice; it must not throw.
        if (FreshchatEvent.TryRead(body, out var read))
            Assert.Equal("m", read.Message!.Id);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("yesterday")]
    [InlineData("1772442904118")]
    public void A_time_that_can_be_none_is_none(string time) =>
        Assert.Null(Read($$"""{"action":"conversation_resolution","action_time":"{{time}}"}""").Time);

    [Theory]
    [InlineData("2026-03-02T09:15:04.118Z")]
    [InlineData("2026-03-02T09:15:04.118")]
    [InlineData("2026-03-02T10:15:04.118+01:00")]
    public void Times_are_utc_unless_they_say_otherwise(string time) =>
        Assert.Equal(Instant("2026-03-02T09:15:04.118Z"), Read($$"""{"action":"conversation_resolution","action_time":"{{time}}"}""").Time);

    [Fact]
    public void The_app_of_an_unknown_action_is_the_first_that_its_data_names()
    {
        Assert.Equal("a", Read("""{"action":"x","data":{"n":1,"conversation":{"conversation":{"app_id":"a"}},"z":{"app_id":"b"}}}""").AppId);
        Assert.Null(Read("""{"action":"x","app_id":"outside"}""").AppId);
    }

    [Fact]
    public void Names_come_in_any_order_and_with_escapes_and_the_last_of_a_name_counts()
    {
        var read = Read(
            """{"data":{"message":{"id":"old"},"m\u0065ssage":{"id":"a","id":"m","message_parts":[{"text":{"content":"x"}}],"message_parts":[{"text":5,"text":{"content":"first","content":"wo\u0072ds"}}]}},"action":"other","action":"message_create"}"""
        );

        Assert.Equal(("m", "words"), (read.Message!.Id, read.Message.Text));
        Assert.Null(Read("""{"action":"message_create","data":{"message":{"id":"m"}},"data":7}""").Message!.Id);
        Assert.Null(Read("""{"action":"message_create","data":{"message":{"id":"m","id":[]}}}""").Message!.Id);
    }

    [Fact]
    public void Every_escape_is_undone()
    {
        var read = Read("""{"action":"message_create","data":{"message":{"message_parts":[{"text":{"content":"\"\\\/\b\f\n\r\t\u00e9\ud83c\udf73 ñ🍳"}}]}}}""");

        Assert.Equal("\"\\/\b\f\n\r\té🍳 ñ🍳", read.Message!.Text);
    }

    [Fact]
    public void What_no_database_takes_in_a_text_is_replaced_in_words_and_never_merges_two_ids()
    {
        var read = Read("""{"action":"message_create","data":{"message":{"id":"a\u0000b","actor_type":"us\u0000er","message_parts":[{"text":{"content":"no\u0000 words"}}]}}}""");

        Assert.Equal(("us\uFFFDer", "no\uFFFD words"), (read.ActorType, read.Message!.Text));
        Assert.Equal(64, read.Message.Id!.Length);
        Assert.NotEqual(read.Message.Id, Read("""{"action":"message_create","data":{"message":{"id":"a\uFFFDb"}}}""").Message!.Id);
    }

    [Fact]
    public void What_is_longer_than_its_column_is_cut_but_an_id_stays_the_only_one_of_its_kind()
    {
        var id = new string('i', 200);

        Assert.Equal(id, Of(id).Message!.Id);
        Assert.Equal(64, Of(id + "1").Message!.Id!.Length);
        Assert.Equal(Of(id + "1").Message!.Id, Of(id + "1").Message!.Id);
        Assert.NotEqual(Of(id + "1").Message!.Id, Of(id + "2").Message!.Id);
        Assert.Equal(64, Read($$$$"""{"action":"message_create","data":{"message":{"conversation_id":1{{{{new string('0', 200)}}}} }}}""").ConversationId!.Length);
        Assert.Equal(new string('a', 99), Read($$"""{"action":"{{new string('a', 99)}}🍳"}""").Action);
        Assert.Equal(new string('u', 40), Read($$$"""{"action":"x","actor":{"actor_type":"{{{new string('u', 4_000)}}}"}}""").ActorType);

        static FreshchatEvent Of(string id) => Read($$$$"""{"action":"message_create","data":{"message":{"id":"{{{{id}}}}"}}}""");
    }

    [Theory]
    [InlineData("10:00")]
    [InlineData("March 2")]
    [InlineData("2026")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void A_time_that_depends_on_today_or_overflows_is_none(string time) =>
        Assert.Null(Read($$"""{"action":"conversation_resolution","action_time":"{{time}}"}""").Time);

    private static FreshchatEvent Read(string body)
    {
        Assert.True(FreshchatEvent.TryRead(Encoding.UTF8.GetBytes(body), out var read));
        return read;
    }

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);
}
