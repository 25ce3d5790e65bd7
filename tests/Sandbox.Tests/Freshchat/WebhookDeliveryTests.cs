using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sandbox.Tests.Freshchat;

/// <summary>How a webhook gets through: order, repeats, restarts, giving up (freshchat.md 9.5, 14.2).</summary>
public sealed class WebhookDeliveryTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    private async Task<string> StartConversationAsync(WebhookReceiver receiver)
    {
        var visitor = await sandbox.VisitorAsync("comida");
        await sandbox.WriteAsync(visitor, "Hola");
        await sandbox.SendWebhooksToAsync(receiver);
        return visitor;
    }

    private async Task<System.Text.Json.Nodes.JsonNode> LastDeliveryAsync(Func<System.Text.Json.Nodes.JsonNode, bool> until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if ((await sandbox.ControlAsync(HttpMethod.Get, "deliveries?take=1"))[0] is { } last && until(last))
                return last;
        }
    }

    [Fact]
    public async Task A_refused_webhook_is_repeated_with_the_same_bytes_and_signature()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (got, http) =>
        {
            http.Response.StatusCode = got.Retry is "0" or "1" ? 503 : 200;
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("retry-pauses", "0.01");
        await sandbox.WriteAsync(await StartConversationAsync(receiver), "¿Y el domingo?");
        var attempts = await receiver.NextAsync(3);
        Assert.Equal(["0", "1", "2"], attempts.Select(a => a.Retry));
        Assert.All(attempts, a => Assert.Equal(attempts[0].Body, a.Body));
        Assert.All(attempts, a => Assert.Equal(attempts[0].Signature, a.Signature));
        Assert.All(attempts, a => Assert.True(a.IsSignedBy(sandbox.PublicKey)));
        Assert.All(attempts, a => Assert.NotEmpty(a.Headers["X-Freshchat-Payload-Version"]));
        var delivery = await LastDeliveryAsync(d => (string)d["status"]! == "delivered");
        Assert.Equal((3, 200), ((int)delivery["attempts"]!, (int)delivery["lastCode"]!));
    }

    [Fact]
    public async Task After_the_last_repeat_the_sender_gives_up_and_says_why()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("retry-pauses", "0.01");
        await sandbox.WriteAsync(await StartConversationAsync(receiver), "¿Y el lunes?");
        var delivery = await LastDeliveryAsync(d => (string)d["status"]! == "given-up");
        Assert.Equal((6, 500), ((int)delivery["attempts"]!, (int)delivery["lastCode"]!));
        Assert.Contains("500", (string)delivery["lastError"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_too_slow_is_tried_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = async (got, http) =>
        {
            if (got.Retry == "0")
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await sandbox.SwitchAsync("webhook-timeout", "00:00:00.150");
        await sandbox.SwitchAsync("retry-pauses", "0.01");
        await sandbox.WriteAsync(await StartConversationAsync(receiver), "¿Hola?");
        var attempts = await receiver.NextAsync(2);
        await sandbox.SwitchAsync("webhook-timeout", "00:00:03");
        Assert.Equal(["0", "1"], attempts.Select(a => a.Retry).Order());
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, http) =>
        {
            http.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("retry-count", 0);
        await sandbox.WriteAsync(await StartConversationAsync(receiver), "Hola otra vez");
        var delivery = await LastDeliveryAsync(d => (string)d["status"]! == "given-up");
        await sandbox.SwitchAsync("retry-count", 5);
        Assert.Equal((int)HttpStatusCode.TemporaryRedirect, (int)delivery["lastCode"]!);
        Assert.Equal("/hook", (await receiver.NextAsync()).Path);
    }

    [Fact]
    public async Task First_attempts_keep_the_order_of_the_conversation()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var visitor = await StartConversationAsync(receiver);
        var said = Enumerable.Range(1, 12).Select(n => $"mensaje {n}").ToList();
        foreach (var text in said)
            await sandbox.WriteAsync(visitor, text);
        Assert.Equal(said, (await receiver.NextAsync(said.Count)).Select(r => r.Says));
    }

    [Fact]
    public async Task A_repeat_does_not_hold_up_what_comes_after_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (got, http) =>
        {
            http.Response.StatusCode = got.Says == "primero" ? 503 : 200;
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("retry-pauses", "3600");
        var visitor = await StartConversationAsync(receiver);
        await sandbox.WriteAsync(visitor, "primero");
        await sandbox.WriteAsync(visitor, "segundo");
        Assert.Equal(["primero", "segundo"], (await receiver.NextAsync(2)).Select(r => r.Says));
        await sandbox.SwitchAsync("retry-pauses", "0.01");
    }

    [Fact]
    public async Task Nothing_is_sent_while_webhooks_are_off()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var visitor = await StartConversationAsync(receiver);
        await sandbox.ControlAsync(HttpMethod.Put, "webhook", new { url = receiver.Url, enabled = false });
        await sandbox.WriteAsync(visitor, "nadie lo oye");
        await sandbox.SendWebhooksToAsync(receiver);
        await sandbox.WriteAsync(visitor, "ahora sí");
        Assert.Equal("ahora sí", (await receiver.NextAsync()).Says);
    }
}
