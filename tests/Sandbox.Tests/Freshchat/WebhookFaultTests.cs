using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sandbox.Tests.Freshchat;

/// <summary>Webhooks that come twice, out of order, badly signed or from elsewhere (freshchat.md 8, 9.5, 14.3).</summary>
public sealed class WebhookFaultTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>, IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private string _visitor = "";

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        await sandbox.SwitchAsync("retry-pauses", "0.01");
        _visitor = await sandbox.VisitorAsync("comida");
        await sandbox.ControlAsync(HttpMethod.Put, "webhook", new { url = "", enabled = false });
        await sandbox.WriteAsync(_visitor, "Hola");
        await sandbox.SendWebhooksToAsync(_receiver);
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:00.100")]
    public async Task A_webhook_may_come_twice(string pause)
    {
        await sandbox.SwitchAsync("duplicate-pause", pause);
        await sandbox.SwitchAsync("duplicate-webhook", 1);
        await sandbox.WriteAsync(_visitor, "¿Dos veces?");
        var got = await _receiver.NextAsync(2);

        Assert.Equal(got[0].Body, got[1].Body);
        Assert.Equal((got[0].Signature, got[0].Retry), (got[1].Signature, got[1].Retry));
    }

    [Fact]
    public async Task What_happens_later_may_overtake_a_lost_attempt()
    {
        await sandbox.SwitchAsync("retry-pauses", "0.5");
        await sandbox.SwitchAsync("lost-webhook", 1);
        await sandbox.WriteAsync(_visitor, "primero");
        await sandbox.WriteAsync(_visitor, "segundo");
        var got = await _receiver.NextAsync(2);

        Assert.Equal([("segundo", "0"), ("primero", "1")], got.Select(g => (g.Says, g.Retry)));
    }

    [Fact]
    public async Task A_state_event_may_come_after_the_message_it_came_before()
    {
        var conversation = await sandbox.WriteAsync(_visitor, "Adiós");
        await sandbox.AtDeskAsync(conversation, "resolution", new { agentId = sandbox.Agent("Lucía Ferrer") });
        await _receiver.NextAsync("conversation_resolution");
        await sandbox.SwitchAsync("state-events-late", "00:00:00.300");
        await sandbox.WriteAsync(_visitor, "Otra cosa");
        var got = await _receiver.NextAsync(2);
        await sandbox.SwitchAsync("state-events-late", "00:00:00");

        Assert.Equal(["Otra cosa", "conversation_reopen"], got.Select(g => g.Says));
        Assert.True(
            string.CompareOrdinal((string)got[1].Json["action_time"]!, (string)got[0].Json["action_time"]!) < 0,
            "It happened before and tells so"
        );
    }

    [Theory]
    [InlineData("wrong-key")]
    [InlineData("wrong-body")]
    [InlineData("header-missing")]
    [InlineData("not-base64")]
    public async Task A_bad_signature_is_bad_in_every_attempt(string kind)
    {
        _receiver.Answer = (got, http) =>
        {
            http.Response.StatusCode = got.Retry == "0" ? 401 : 200;
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("bad-signature-kind", kind);
        await sandbox.SwitchAsync("bad-signature", 1);
        await sandbox.WriteAsync(_visitor, "¿Quién firma?");
        var got = await _receiver.NextAsync(2);
        await sandbox.WriteAsync(_visitor, "Yo");

        Assert.True((await _receiver.NextAsync()).IsSignedBy(sandbox.PublicKey));
        Assert.Equal(got[0].Body, got[1].Body);
        var header = got.Select(g => g.Headers.GetValueOrDefault("X-Freshchat-Signature")).Distinct();
        Assert.Equal(kind == "header-missing", Assert.Single(header) is null);
        if (kind == "not-base64")
            Assert.Throws<FormatException>(() => got[0].IsSignedBy(sandbox.PublicKey));
        else if (kind != "header-missing")
            Assert.False(got[0].IsSignedBy(sandbox.PublicKey));
    }

    [Fact]
    public async Task Another_accounts_event_is_signed_well()
    {
        await sandbox.SwitchAsync("foreign-account", 1);
        await sandbox.WriteAsync(_visitor, "¿De quién soy?");
        var got = await _receiver.NextAsync();

        Assert.True(got.IsSignedBy(sandbox.PublicKey));
        Assert.NotEqual(sandbox.AppId, (string?)got.Json["data"]!["message"]!["app_id"]);
    }

    [Fact]
    public async Task A_failure_mail_goes_out_after_the_last_repeat_unless_it_is_off()
    {
        _receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("retry-count", 1);
        await sandbox.SwitchAsync("failure-mail", false);
        await sandbox.WriteAsync(_visitor, "sin correo");
        await _receiver.NextAsync(2);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        // Whether a mail goes out is decided once the last answer has been read.
        while (!await GivenUpAsync())
            patience.Token.ThrowIfCancellationRequested();
        await sandbox.SwitchAsync("failure-mail", true);
        await sandbox.WriteAsync(_visitor, "con correo");
        List<JsonNode> mails;
        while ((mails = await MailsAsync()).Count == 0)
            patience.Token.ThrowIfCancellationRequested();
        await sandbox.SwitchAsync("retry-count", 5);

        var mail = Assert.Single(mails);
        Assert.Equal(("message_create", 2, "The receiver answered 500."), ((string)mail["action"]!, (int)mail["attempts"]!, (string)mail["lastError"]!));
    }

    private async Task<bool> GivenUpAsync() =>
        (await sandbox.ControlAsync(HttpMethod.Get, "deliveries")).AsArray().Any(d => (string?)d!["url"] == _receiver.Url && (int)d["attempts"]! == 2 && d["nextAttemptAt"] is null);

    private async Task<List<JsonNode>> MailsAsync() =>
        [.. (await sandbox.ControlAsync(HttpMethod.Get, "mails")).AsArray().OfType<JsonNode>().Where(m => (string?)m["url"] == _receiver.Url)];
}
