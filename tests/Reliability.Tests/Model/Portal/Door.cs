using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model.Portal;

/// <summary>Where the portal's requests leave the process: each takes its time, meets its fault and reaches the simulated far side.</summary>
internal sealed class Door(Side side, World world, Life life) : HttpMessageHandler
{
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan LongerThanLeases = TimeSpan.FromSeconds(25);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (life.Over)
            return await Life.Never<HttpResponseMessage>();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None);
        var asked = new Request(side, request.Method.Method, request.RequestUri!.PathAndQuery, request.Headers.Authorization?.Parameter, body);
        var fault = world.Faults.Next(asked.Call);
        world.Watch.Sent(life.Number, asked, fault);
        if (fault is Fault.DiesBefore)
            life.End();
        if (life.Over)
            return await Life.Never<HttpResponseMessage>();
        return await HeardAsync(MeetAsync(asked, fault)).WaitAsync(cancellationToken);
    }

    // Who is frozen hears the answer later.
    private async Task<HttpResponseMessage> HeardAsync(Task<HttpResponseMessage> met)
    {
        await ((Task)met).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await life.AwakeAsync();
        return await met;
    }

    private async Task<HttpResponseMessage> MeetAsync(Request asked, Fault fault)
    {
        await world.PassAsync(world.Latency / 2);
        switch (fault)
        {
            case Fault.Swallowed:
                return await Life.Never<HttpResponseMessage>();
            case Fault.Reset:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
            case Fault.Down:
                return Answer.Error(503, "UNAVAILABLE", "Try again later").ToResponse();
            case Fault.Limited:
                var limited = Answer.Error(429, "TOO_MANY_REQUESTS", "Too many requests").ToResponse();
                limited.Headers.Add("Retry-After", "3");
                return limited;
            case Fault.Late when asked.Call is Call.Reply:
                await world.PassAsync(GivenUp);
                break;
        }
        var answer = world.Do(asked);
        if (fault is Fault.DiesAfter)
            life.End();
        if (fault is Fault.FreezesAfter)
            life.Freeze(LongerThanLeases);
        if (life.Over || fault is Fault.AnswerSwallowed or Fault.Late)
            return await Life.Never<HttpResponseMessage>();
        await world.PassAsync(world.Latency / 2);
        return fault switch
        {
            _ when life.Over => await Life.Never<HttpResponseMessage>(),
            Fault.ResetAfter => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke."),
            Fault.DownAfter => Answer.Error(503, "UNAVAILABLE", "Try again later").ToResponse(),
            _ => answer.ToResponse(),
        };
    }
}
