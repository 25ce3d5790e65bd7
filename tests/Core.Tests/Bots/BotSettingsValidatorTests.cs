using System.Security.Cryptography;
using System.Text.Json;
using Core.Bots;

namespace Core.Tests.Bots;

/// <summary>What can be judged without asking anybody: a draft may be unfinished, but not impossible.</summary>
public sealed class BotSettingsValidatorTests
{
    public static TheoryData<string, string?, string?> Faults =>
        new()
        {
            { "", null, null },
            { """{"name":null,"freshchat":null,"mammut":null,"sites":null,"policies":null,"messages":null}""", null, null },
            { """{"name":"<100>"}""", null, null },
            { """{"name":"<101>"}""", "too_long", "name" },
            { """{"defaultContext":"<201>"}""", "too_long", "defaultContext" },
            { """{"locale":"<21>"}""", "too_long", "locale" },
            { """{"freshchat":{"apiToken":"<4001>"}}""", "too_long", "apiToken" },
            { """{"freshchat":{"appId":"<100>"}}""", null, null },
            { """{"freshchat":{"appId":"<101>"}}""", "too_long", "appId" },
            { """{"freshchat":{"agentId":"<101>"}}""", "too_long", "agentId" },
            { """{"freshchat":{"groupName":"<201>"}}""", "too_long", "groupName" },
            { """{"freshchat":{"chatUrl":"https://acme.freshchat.com/<501>"}}""", "too_long", "chatUrl" },
            { """{"freshchat":{"publicKeys":["<20001>"]}}""", "too_long", "publicKeys" },
            { """{"messages":{"handOver":{"es":"<2001>"}}}""", "too_long", "handOverEs" },
            { """{"messages":{"handOver":{"en":"<2001>"}}}""", "too_long", "handOverEn" },
            { """{"messages":{"unavailable":{"es":"<2001>"}}}""", "too_long", "unavailableEs" },
            { """{"messages":{"unavailable":{"en":"<2001>"}}}""", "too_long", "unavailableEn" },
            { """{"messages":{"handOver":{"es":"Ahora le atiende Ana.\n\tUn momento."}}}""", null, null },
            { """{"messages":{"handOver":{"es":"A\u0000B"}}}""", "control_characters", "handOverEs" },
            { """{"name":"A\u0000B"}""", "control_characters", "name" },
            { """{"name":" freshbot\r\n"}""", null, null },
            { """{"name":"fresh\nbot"}""", "control_characters", "name" },
            { """{"freshchat":{"agentId":"a\u0000"}}""", "control_characters", "agentId" },
            { """{"freshchat":{"groupName":"a\u0007b"}}""", "control_characters", "groupName" },
            { """{"defaultContext":"a\u0000b"}""", "control_characters", "defaultContext" },
            { """{"sites":[{"siteId":"a\u0000b","context":"c"}]}""", "control_characters", "sites" },
            { """{"sites":[{"siteId":"a\nb","context":"c"}]}""", null, null },
            { """{"freshchat":{"chatUrl":"https://acme.freshchat.com/v2"}}""", null, null },
            { """{"freshchat":{"chatUrl":"http://acme.freshchat.com/v2"}}""", "chat_url_https_required", "chatUrl" },
            { """{"freshchat":{"chatUrl":"http://127.0.0.1:5090/v2"}}""", null, null },
            { """{"freshchat":{"chatUrl":"acme"}}""", "chat_url_invalid", "chatUrl" },
            { """{"mammut":{"mammutId":1}}""", null, null },
            { """{"mammut":{"mammutId":0}}""", "mammut_id_invalid", "mammutId" },
            { """{"mammut":{"mammutId":-5}}""", "mammut_id_invalid", "mammutId" },
            { """{"locale":"es-MX"}""", null, null },
            { """{"locale":" "}""", null, null },
            { """{"locale":"castellano"}""", "locale_invalid", "locale" },
            { """{"quietWindow":"00:00:05"}""", null, null },
            { """{"quietWindow":"00:00:05.001"}""", "quiet_window_invalid", "quietWindow" },
            { """{"quietWindow":"-00:00:01"}""", "quiet_window_invalid", "quietWindow" },
            { """{"policies":{"giveBackAfterHours":1}}""", null, null },
            { """{"policies":{"giveBackAfterHours":0}}""", "give_back_hours_invalid", "giveBackAfterHours" },
            { """{"policies":{"giveBackAfterHours":-1}}""", "give_back_hours_invalid", "giveBackAfterHours" },
            { """{"freshchat":{"publicKeys":[]}}""", null, null },
            { """{"freshchat":{"publicKeys":["<key>","<key>"]}}""", null, null },
            { """{"freshchat":{"publicKeys":["<key>","<key>","<key>"]}}""", "public_keys_too_many", "publicKeys" },
            { """{"freshchat":{"publicKeys":["garbage!"]}}""", "public_key_not_base64", "publicKeys" },
            { """{"freshchat":{"publicKeys":[null]}}""", "public_key_missing", "publicKeys" },
            { """{"sites":[null]}""", "site_id_required", "sites" },
            { """{"sites":[{"siteId":"a","context":null}]}""", "site_context_required", "sites" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_draft_is_refused_only_for_what_could_never_be_right(string json, string? code, string? field)
    {
        var error = BotSettingsValidator.Faults(new BotSettingsValidator.Draft(allowHttpLoopback: true), Read(json));

        Assert.Equal((code, field), (error?.Code, error?.Field));
    }

    [Theory]
    [InlineData("""{"freshchat":{"chatUrl":"https://acme.freshchat.com/v2","agentId":"a"}}""", "name")]
    [InlineData("""{"name":"b","freshchat":{"agentId":"a"}}""", "chatUrl")]
    [InlineData("""{"name":"b","freshchat":{"chatUrl":"https://acme.freshchat.com/v2","agentId":" "}}""", "agentId")]
    [InlineData("""{"name":"b","freshchat":null}""", "chatUrl")]
    public void Connecting_needs_name_address_and_agent(string json, string field)
    {
        var error = BotSettingsValidator.Faults(new BotSettingsValidator(allowHttpLoopback: false), Read(json));

        Assert.Equal(("required", field), (error?.Code, error?.Field));
    }

    [Fact]
    public void Settings_printed_never_show_the_token() =>
        Assert.DoesNotContain("s3cret", new FreshchatSettings { ChatUrl = "https://acme", ApiToken = "s3cret" }.ToString(), StringComparison.Ordinal);

    private static BotSettings Read(string json)
    {
        using var rsa = RSA.Create(2048);
        foreach (var length in (int[])[21, 100, 101, 201, 501, 2001, 4001, 20_001])
            json = json.Replace($"<{length}>", new string('x', length), StringComparison.Ordinal);
        json = json.Replace("<key>", Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()), StringComparison.Ordinal);
        return json.Length == 0 ? new() : JsonSerializer.Deserialize<BotSettings>(json, JsonSerializerOptions.Web)!;
    }
}
