using Microsoft.AspNetCore.Components;
using Portal.Hosting;

namespace Portal.Tests.Hosting;

/// <summary>What a browser tells is taken up in the order in which it told it, whatever the page is doing (decision 21).</summary>
public sealed class CircuitOrderTests
{
    private readonly Dispatcher _page = Dispatcher.CreateDefault();
    private readonly Queue<Func<Task>> _told = new();
    private readonly List<string> _heard = [];
    private readonly CircuitOrder _order = new();

    [Fact]
    public async Task A_confirmation_waits_until_the_stroke_before_it_was_heard()
    {
        _order.Follow(_page.InvokeAsync);
        var take = Take();
        using var drawing = new ManualResetEventSlim();
        var draws = Task.Run(() => _page.InvokeAsync(drawing.Wait));
        await OnPageBusyAsync();

        var stroke = take(() => _page.InvokeAsync(() => _heard.Add("stroke")));
        var confirmation = take(Confirm);
        Assert.Empty(_heard);
        drawing.Set();
        await Task.WhenAll(draws, stroke, confirmation);

        Assert.Equal(["stroke", "confirmation"], _heard);
    }

    [Fact]
    public async Task A_page_that_waits_for_the_next_press_hears_it()
    {
        _order.Follow(_page.InvokeAsync);
        var take = Take();
        var answered = new TaskCompletionSource();

        var question = take(() => _page.InvokeAsync(() => answered.Task));
        await take(() => _page.InvokeAsync(answered.SetResult));

        await question;
    }

    [Fact]
    public async Task What_fails_is_told_and_holds_nothing_up()
    {
        _order.Follow(_page.InvokeAsync);
        var take = Take();

        await Assert.ThrowsAsync<InvalidOperationException>(() => take(() => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => take(() => Task.FromException(new InvalidOperationException())));
        await take(Confirm);

        Assert.Equal(["confirmation"], _heard);
    }

    [Fact]
    public async Task Before_there_is_a_page_everything_is_taken_up_at_once()
    {
        await Take()(Confirm);

        Assert.Equal(["confirmation"], _heard);
    }

    private Task Confirm()
    {
        _heard.Add("confirmation");
        return Task.CompletedTask;
    }

    // The host makes one handler for the circuit and calls it for everything that comes.
    private Func<Func<Task>, Task> Take()
    {
        var handler = _order.CreateInboundActivityHandler(_ => _told.Dequeue()());
        return activity =>
        {
            _told.Enqueue(activity);
            return handler(null!);
        };
    }

    private async Task OnPageBusyAsync()
    {
        while (_page.InvokeAsync(() => { }) is { IsCompleted: true })
            await Task.Yield();
    }
}
