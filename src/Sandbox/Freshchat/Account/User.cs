namespace Sandbox.Freshchat.Account;

/// <summary>A customer as one site knows them: another site id makes the same person another user (freshchat.md 13).</summary>
internal sealed class User
{
    /// <summary>GUID; the 2021 generation shows it as <c>name_alias</c> with 32 hex digits.</summary>
    public required string Id { get; init; }

    public required string FirstName { get; init; }
    public required string Email { get; init; }

    /// <summary>Site id the widget was started with; null for a widget without one.</summary>
    public string? Site { get; init; }

    /// <summary>What the shop calls this customer, for example <c>comida:1042</c>; several users may carry the same one.</summary>
    public string? ReferenceId { get; init; }

    public required string RestoreId { get; init; }

    /// <summary>The customer's number in the organisation (<c>org_contact_id</c>, and <c>org_actor_id</c> of messages).</summary>
    public required string OrganisationId { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }
    public required DateTimeOffset UpdatedTime { get; set; }

    /// <summary>Somebody who has just opened a chat window.</summary>
    public static User Arrives(string name, string? site, string? referenceId, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        return new()
        {
            Id = id.ToString(),
            FirstName = name,
            Email = $"visitante-{id.ToString("N")[..8]}@demo.example.test",
            Site = site,
            ReferenceId = referenceId,
            RestoreId = Guid.NewGuid().ToString(),
            OrganisationId = OrganisationNumber.Next(),
            CreatedTime = now,
            UpdatedTime = now,
        };
    }
}
