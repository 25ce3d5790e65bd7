using System.Text.Json.Serialization;
using Core.Outcomes;

namespace Core.Freshchat;

/// <summary>Account configuration (freshchat.md 5.2).</summary>
public sealed record FreshchatConfiguration
{
    /// <summary>The App ID that webhooks carry.</summary>
    [JsonPropertyName("app_id")] public string? AppId { get; init; }

    /// <summary>Number of the account.</summary>
    [JsonPropertyName("account_id")] public string? AccountId { get; init; }

    /// <summary>Domain of the account.</summary>
    [JsonPropertyName("account_domain")] public string? AccountDomain { get; init; }

    /// <summary>Domain of the organisation.</summary>
    [JsonPropertyName("organisation_domain")] public string? OrganisationDomain { get; init; }

    /// <summary>Data centre, for example <c>EUC</c>.</summary>
    [JsonPropertyName("datacenter")] public string? Datacenter { get; init; }

    /// <summary>Plan, for example <c>PAID</c>.</summary>
    [JsonPropertyName("plan_type")] public string? PlanType { get; init; }
}

/// <summary>An agent (freshchat.md 5.3).</summary>
public sealed record FreshchatAgent
{
    /// <summary>Id; it becomes the <c>freshchat-actor-id</c> of the bot.</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(OwnId))] public string Id { get; init; } = "";

    /// <summary>First name.</summary>
    [JsonPropertyName("first_name")] public string? FirstName { get; init; }

    /// <summary>Last name; often missing.</summary>
    [JsonPropertyName("last_name")] public string? LastName { get; init; }

    /// <summary>E-mail address.</summary>
    [JsonPropertyName("email")] public string? Email { get; init; }

    /// <summary>Ids of the groups, as the agent tells them; a group's own list decides (freshchat.md 12.1).</summary>
    [JsonPropertyName("groups")] public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Name of the role.</summary>
    [JsonPropertyName("role_name")] public string? RoleName { get; init; }

    /// <summary>
    /// <c>OCR</c>, <c>INTELLIASSIGN</c> or <c>DISABLED</c>; the bot's agent should be excluded from IntelliAssign (freshchat.md
    /// 12.3).
    /// </summary>
    [JsonPropertyName("routing_type")] public string? RoutingType { get; init; }

    /// <summary><c>AVAILABLE</c>, <c>UNAVAILABLE</c> and others.</summary>
    [JsonPropertyName("availability_status")] public string? AvailabilityStatus { get; init; }

    /// <summary>Deactivated agents cannot speak.</summary>
    [JsonPropertyName("is_deactivated")] public bool? IsDeactivated { get; init; }

    /// <summary>Address of the picture, on a host of Freshchat's; null = none. Only <see cref="AgentPictures"/> asks for it.</summary>
    [JsonPropertyName("avatar"), JsonConverter(typeof(AvatarUrl))] public string? PictureUrl { get; init; }

    /// <summary>Deleted agents may still be listed.</summary>
    [JsonPropertyName("is_deleted")] public bool? IsDeleted { get; init; }

    /// <summary>First and last name, else the e-mail address, else the id.</summary>
    [JsonIgnore]
    public string DisplayName =>
        $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Email is { Length: > 0 } email ? email : Id;
}

/// <summary>A group (freshchat.md 5.4).</summary>
public sealed record FreshchatGroup
{
    /// <summary>Id, as <c>assigned_group_id</c> takes it.</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(OwnId))] public string Id { get; init; } = "";

    /// <summary>Name; two groups may share one.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Description.</summary>
    [JsonPropertyName("description")] public string? Description { get; init; }

    /// <summary>Ids of the members.</summary>
    [JsonPropertyName("agents")] public IReadOnlyList<string>? Agents { get; init; }
}

/// <summary>A channel, called topic on the pages (freshchat.md 5.4).</summary>
public sealed record FreshchatChannel
{
    /// <summary>Id; only the id is safe, names repeat.</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(OwnId))] public string Id { get; init; } = "";

    /// <summary>Name; two topics may share one.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Language of the topic, for example <c>es</c>.</summary>
    [JsonPropertyName("locale")] public string? Locale { get; init; }

    /// <summary>Whether customers can use it.</summary>
    [JsonPropertyName("enabled")] public bool? Enabled { get; init; }

    /// <summary>Whether everyone sees it.</summary>
    [JsonPropertyName("public")] public bool? Public { get; init; }

    /// <summary>Tags.</summary>
    [JsonPropertyName("tags")] public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>A customer; only what the site id needs (freshchat.md 5.5, 13).</summary>
public sealed record FreshchatUser
{
    /// <summary>Id; opaque, not always a UUID.</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(OwnId))] public string Id { get; init; } = "";

    /// <summary>The shop's own reference, possibly with a site in front of <c>:</c>.</summary>
    [JsonPropertyName("reference_id")] public string? ReferenceId { get; init; }

    /// <summary>User properties.</summary>
    [JsonPropertyName("properties")] public IReadOnlyList<FreshchatProperty>? Properties { get; init; }
}

/// <summary>A user property (freshchat.md 5.5).</summary>
public sealed record FreshchatProperty
{
    /// <summary>Name.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Value.</summary>
    [JsonPropertyName("value")] public string? Value { get; init; }
}

/// <summary>A conversation (freshchat.md 5.6). Absent, empty and blank ids all read as null: none.</summary>
public sealed record FreshchatConversation
{
    /// <summary>The GUID.</summary>
    [JsonPropertyName("conversation_id"), JsonConverter(typeof(OwnId))] public string Id { get; init; } = "";

    /// <summary>The number.</summary>
    [JsonPropertyName("conversation_internal_id"), JsonConverter(typeof(OptionalId))] public string? NumericId { get; init; }

    /// <summary>App ID.</summary>
    [JsonPropertyName("app_id")] public string? AppId { get; init; }

    /// <summary>Topic.</summary>
    [JsonPropertyName("channel_id")] public string? ChannelId { get; init; }

    /// <summary>Customer.</summary>
    [JsonPropertyName("user_id")] public string? UserId { get; init; }

    /// <summary><c>new</c>, <c>assigned</c>, <c>resolved</c>, <c>reopened</c>; an open set.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The agent it is assigned to.</summary>
    [JsonPropertyName("assigned_agent_id"), JsonConverter(typeof(OptionalId))] public string? AssignedAgentId { get; init; }

    /// <summary>The group it is assigned to.</summary>
    [JsonPropertyName("assigned_group_id"), JsonConverter(typeof(OptionalId))] public string? AssignedGroupId { get; init; }

    /// <summary>Opened at, on Freshchat's clock.</summary>
    [JsonPropertyName("created_time")] public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>Last changed at, on Freshchat's clock.</summary>
    [JsonPropertyName("updated_time")] public DateTimeOffset? UpdatedTime { get; init; }

    /// <summary>Its page in Freshchat's inbox.</summary>
    [JsonPropertyName("url")] public string? Url { get; init; }
}
