namespace Sandbox.Tests.Freshchat;

/// <summary>What outlives a restart, and what a reset replaces (freshchat.md 14).</summary>
public sealed class RestartTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    [Fact]
    public async Task A_webhook_that_waits_is_sent_by_the_next_process()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await sandbox.SwitchAsync("retry-pauses", "0.2");
        await sandbox.SwitchAsync("retry-count", 1000);
        var visitor = await sandbox.VisitorAsync("comida");
        await sandbox.WriteAsync(visitor, "Hola");
        await sandbox.SendWebhooksToAsync(receiver);
        await sandbox.WriteAsync(visitor, "¿Seguís ahí?");
        var before = await receiver.NextAsync();
        var (token, key) = (sandbox.Token, sandbox.PublicKey);

        await sandbox.StopAsync();
        // An attempt that was cut off by the stop is repeated under its own number: what comes from now on is the next process's.
        var next = new TaskCompletionSource<Received>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = (received, _) =>
        {
            next.TrySetResult(received);
            return Task.CompletedTask;
        };
        await sandbox.InitializeAsync();

        var after = await next.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(before.Body, after.Body);
        Assert.Equal(before.Signature, after.Signature);
        Assert.Equal((token, key), (sandbox.Token, sandbox.PublicKey));
    }

    [Fact]
    public async Task A_reset_founds_a_new_account()
    {
        await using var fresh = new SandboxProcess();
        await fresh.InitializeAsync();
        await fresh.WriteAsync(await fresh.VisitorAsync("comida"), "Hola");
        using (await fresh.Http.PostAsync("/sandbox/control/reset", null)) { }
        var account = (await fresh.ControlAsync(HttpMethod.Get, "account")).AsObject();
        Assert.NotEqual(fresh.Token, account.Text("token"));
        Assert.NotEqual(fresh.PublicKey, account.Text("publicKey"));
        Assert.Empty((await fresh.ControlAsync(HttpMethod.Get, "desk"))["conversations"]!.AsArray());
    }
}
