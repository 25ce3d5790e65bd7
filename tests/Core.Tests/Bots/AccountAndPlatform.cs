using System.Text.Json.Nodes;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>What admins set up on the far sides, as a test changes it; whatever conversations need is left to <see cref="FarSides"/>.</summary>
internal sealed class AccountAndPlatform
{
    public const string Group = "d0e414d9-68ed-4851-9ae0-a30dfef64997";
    public const string OtherAgent = "9f6f2c7e-4444-4d2f-8e0e-000000000002";

    /// <summary>The one token of the account.</summary>
    public string Token { get; set; } = "example-token-not-a-secret-0042";

    /// <summary>Its App ID.</summary>
    public string AppId { get; set; } = "424b1fee-9709-4315-85d9-5954058b4714";

    /// <summary>Name of the bot's agent.</summary>
    public string AgentName { get; set; } = "Bot Comida";

    /// <summary>Name of the group that takes over.</summary>
    public string GroupName { get; set; } = "Mammut Bot Support team";

    /// <summary>Answers reads of the account in the place of the ordinary answer.</summary>
    public Func<Seen, Reply?> Account { get; set; } = _ => null;

    /// <summary>Answers reads and updates of the bot in Mammut in the place of the ordinary answer.</summary>
    public Func<Seen, Reply?> Platform { get; set; } = _ => null;

    /// <summary>The bot as Mammut holds it.</summary>
    public JsonObject Bot { get; } = new()
    {
        ["id"] = 730114,
        ["user-type"] = "machine",
        ["name"] = "freshbot",
        ["freshchat-actor-id"] = Webhook.BotAgent,
        ["freshchat-app-id"] = "424b1fee-9709-4315-85d9-5954058b4714",
        ["freshchat-group-name"] = "Mammut Bot Support team",
    };

    /// <summary>To be asked first by <see cref="FarSides.Instead"/>.</summary>
    public Reply? Answer(Seen request)
    {
        if (request.Target.StartsWith("/mammut", StringComparison.Ordinal))
            return request.Target.Contains("graph/user:730114", StringComparison.Ordinal) ? Platform(request) ?? OfBot(request) : null;
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}")
            return Reply.Example("error-401", 401);
        return Account(request) ?? OfAccount(request.Target);
    }

    private Reply OfBot(Seen request)
    {
        lock (Bot)
        {
            if (request.Method == "POST")
            {
                foreach (var property in request.Target.Split('?')[1].Split('&'))
                    Bot[property.Split('=')[0]] = JsonNode.Parse(Uri.UnescapeDataString(property.Split('=')[1]));
                return Reply.Example("mammut-update-bot-result");
            }
            return new(200, new JsonObject { ["status"] = "Success", ["data"] = new JsonObject { ["user"] = new JsonArray(Bot.DeepClone()) } }.ToJsonString());
        }
    }

    private Reply? OfAccount(string target) =>
        target switch
        {
            _ when target.Contains("accounts/configuration", StringComparison.Ordinal) => new(200, $$"""{"app_id":"{{AppId}}"}"""),
            _ when target.Contains("/agents", StringComparison.Ordinal) =>
                new(200, $$$"""{"agents":[{"id":"{{{Webhook.BotAgent}}}","first_name":"{{{AgentName}}}"},{"id":"{{{OtherAgent}}}","first_name":"Bot Dos"}]}"""),
            _ when target.Contains("/groups", StringComparison.Ordinal) =>
                new(200, $$$"""{"groups":[{"id":"{{{Group}}}","name":"{{{GroupName}}}","agents":[]},{"id":"g-2","name":"Pedidos","agents":["{{{OtherAgent}}}"]}]}"""),
            _ when target.Contains("/channels", StringComparison.Ordinal) => new(200, """{"channels":[]}"""),
            _ => null,
        };
}
