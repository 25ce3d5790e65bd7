using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Relay;

/// <summary>
/// Carries what a bot says in a relayed room to Freshchat, over HTTP and with the token the bot was given, and assigns the bot's group
/// when it asks to be taught (mammut.md 7, 10). What fails is logged and not repeated: nothing is known about the cloud's own repeats.
/// </summary>
internal sealed class RelaySpeaker(ILogger<RelaySpeaker> log) : BackgroundService
{
    private readonly Channel<BotStep> _steps = Channel.CreateUnbounded<BotStep>(new() { SingleReader = true });

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Takes over a step that has been committed; rooms that nobody relays to are no business of this class.</summary>
    public void Carry(BotStep step)
    {
        if (step.Room.RelayConversation is not null)
            _steps.Writer.TryWrite(step);
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var step in _steps.Reader.ReadAllAsync(stoppingToken))
            try
            {
                await CarryAsync(step, stoppingToken);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Freshchat did not take what the bot said in room {Room}: {Reason}", step.Room.Id, e.GetType().Name);
            }
    }

    private async Task CarryAsync(BotStep step, CancellationToken cancel)
    {
        var (room, bot) = (step.Room, step.Room.Bot!);
        foreach (var thought in step.Said)
            await SendAsync(
                room,
                HttpMethod.Post,
                $"conversations/{room.RelayConversation}/messages",
                new
                {
                    message_parts = new[] { new { text = new { content = thought.Text } } },
                    message_type = "normal",
                    actor_type = "agent",
                    actor_id = bot.Property("freshchat-actor-id"),
                },
                cancel
            );
        if (step.AsksToBeTaught && bot.Property("freshchat-group-name") is { Length: > 0 } name && await GroupAsync(room, name, cancel) is { } group)
            await SendAsync(room, HttpMethod.Put, $"conversations/{room.RelayConversation}", new { assigned_group_id = group }, cancel);
    }

    private async Task<string?> GroupAsync(Room room, string name, CancellationToken cancel)
    {
        for (var page = 1; ; page++)
        {
            var answer = await SendAsync(room, HttpMethod.Get, $"groups?page={page}&items_per_page=50", null, cancel);
            var groups = answer?["groups"]?.AsArray() ?? [];
            if (groups.FirstOrDefault(g => (string?)g?["name"] == name) is { } group)
                return (string?)group["id"];
            if (answer?["links"]?["next_page"] is null)
                return null;
        }
    }

    private async Task<JsonNode?> SendAsync(Room room, HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, $"{room.RelayChatUrl}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", room.Bot!.Property("freshchat-access-token"));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await _http.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonNode>(cancel);
    }
}
