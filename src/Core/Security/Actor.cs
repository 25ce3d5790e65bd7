namespace Core.Security;

/// <summary>Who acts: a signed-in person or an API key.</summary>
/// <param name="Name">Name for the records.</param>
/// <param name="Role">What they may do; null = nothing.</param>
public sealed record Actor(string Name, Role? Role)
{
    /// <summary>True when the actor may do what <paramref name="needed"/> may do.</summary>
    public bool May(Role needed) => Role >= needed;
}

/// <summary>Each role may do what the ones before it may (portal.md 3).</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Also pauses, replays and maps sites.</summary>
    Operator,

    /// <summary>Everything.</summary>
    Admin,
}
