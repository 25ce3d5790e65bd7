using System.Text.Json.Nodes;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>Objects of the REST API in Freshchat's own words (freshchat.md 5.2-5.6).</summary>
internal static class Shapes
{
    private const string Media = "https://fc-media.example.test";

    public static JsonObject Configuration(FreshchatAccount account) =>
        new()
        {
            ["account_id"] = account.Id,
            ["app_id"] = account.AppId,
            ["organisation_id"] = 512009384401733,
            ["organisation_domain"] = "demo-org.example.test",
            ["account_domain"] = "demo-tienda.example.test",
            ["datacenter"] = "EUC",
            ["plan_type"] = "PAID",
            ["bundle_id"] = "88012",
            ["bundle_type"] = "STANDALONE",
            ["web_chat_id"] = "fc-web-31877",
        };

    public static JsonObject Agent(Agent agent, IEnumerable<Group> groups, HttpRequest asked)
    {
        var shape = new JsonObject
        {
            ["id"] = agent.Id,
            ["email"] = agent.Email,
            ["first_name"] = agent.FirstName,
            ["last_name"] = agent.LastName,
            ["avatar"] = AgentMedia.UrlOf(agent, asked) is { } picture ? new JsonObject { ["url"] = picture } : new JsonObject(),
            ["biography"] = "",
            ["social_profiles"] = new JsonArray(),
            ["groups"] = Texts(groups.Where(g => g.Agents.Contains(agent.Id)).Select(g => g.Id)),
            ["role_id"] = agent.RoleId,
            ["role_name"] = agent.RoleName,
            ["license_type"] = "fulltime",
            ["routing_type"] = agent.RoutingType,
            ["agent_capacity"] = 0,
            ["agent_status"] = new JsonObject { ["id"] = "1001", ["name"] = "Active on Chat" },
            ["availability_status"] = agent.Availability,
            ["login_status"] = !agent.IsDeactivated,
            ["is_deactivated"] = agent.IsDeactivated,
            ["is_deleted"] = agent.IsDeleted,
            ["locale"] = "es",
            ["timezone"] = "Europe/Madrid",
            ["created_time"] = agent.CreatedTime.Wire(),
        };
        return Without(shape, "last_name", agent.LastName);
    }

    public static JsonObject Group(Group group) =>
        new()
        {
            ["id"] = group.Id,
            ["name"] = group.Name,
            ["description"] = group.Description,
            ["routing_type"] = "DISABLED",
            ["routing_logic"] = "",
            ["chat_group_id"] = group.NumericId,
            ["agents"] = Texts(group.Agents),
        };

    public static JsonObject Topic(Topic topic) =>
        new()
        {
            ["id"] = topic.Id,
            ["icon"] = new JsonObject { ["url"] = $"{Media}/icon/c.png" },
            ["updated_time"] = topic.UpdatedTime.Wire(),
            ["enabled"] = true,
            ["public"] = true,
            ["name"] = topic.Name,
            ["tags"] = Texts(topic.Tags),
            ["locale"] = topic.Locale,
            ["source"] = "FRESHCHAT",
            ["welcome_message"] = new JsonObject
            {
                ["message_parts"] = JsonNode.Parse(WireJson.TextParts(topic.Welcome)),
                ["message_type"] = "normal",
                ["restrictResponse"] = false,
                ["botsPrivateNote"] = false,
                ["isBotsInput"] = false,
            },
        };

    /// <param name="user">The user.</param>
    /// <param name="showSite">Whether the site id appears as a property; no public text says it does (freshchat.md 13).</param>
    public static JsonObject User(User user, bool showSite)
    {
        var properties = new JsonArray();
        if (showSite && user.Site is not null)
            properties.Add(new JsonObject { ["name"] = "siteId", ["value"] = user.Site });
        var shape = new JsonObject
        {
            ["id"] = user.Id,
            ["created_time"] = user.CreatedTime.Wire(),
            ["updated_time"] = user.UpdatedTime.Wire(),
            ["email"] = user.Email,
            ["first_name"] = user.FirstName,
            ["avatar"] = new JsonObject { ["url"] = $"{Media}/avatar/v.png" },
            ["reference_id"] = user.ReferenceId,
            ["restore_id"] = user.RestoreId,
            ["login_status"] = false,
            ["org_contact_id"] = user.OrganisationId,
            ["properties"] = properties,
            ["social_profiles"] = new JsonArray(),
        };
        return Without(shape, "reference_id", user.ReferenceId);
    }

    public static JsonObject Conversation(Conversation conversation, string appId)
    {
        var shape = new JsonObject
        {
            ["conversation_id"] = conversation.Id,
            ["conversation_internal_id"] = conversation.NumericId,
            ["app_id"] = appId,
            ["channel_id"] = conversation.TopicId,
            ["status"] = conversation.Status,
            ["user_id"] = conversation.UserId,
            ["created_by"] = conversation.UserId,
            ["created_time"] = conversation.CreatedTime.Wire(),
            ["updated_time"] = conversation.UpdatedTime.Wire(),
            ["url"] = $"https://demo-tienda.example.test/a/330215862/inbox/open/conversation/{conversation.NumericId}",
            ["skill_id"] = 0,
            ["properties"] = new JsonObject { ["priority"] = "Low" },
            ["assigned_agent_id"] = conversation.AgentId,
            ["assigned_org_agent_id"] = conversation.AgentOrganisationId,
            ["assigned_group_id"] = conversation.GroupId,
        };
        Without(shape, "assigned_agent_id", conversation.AgentId);
        Without(shape, "assigned_org_agent_id", conversation.AgentOrganisationId);
        return Without(shape, "assigned_group_id", conversation.GroupId);
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    // Absent, not null: that is how Freshchat says "none".
    private static JsonObject Without(JsonObject shape, string name, string? value)
    {
        if (value is null)
            shape.Remove(name);
        return shape;
    }
}
