namespace Portal.Components.Bots.Editing;

/// <summary>A setting that two people have changed.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Mine">What this admin wants.</param>
/// <param name="Theirs">What somebody else has saved.</param>
public sealed record FieldConflict(string Field, string? Mine, string? Theirs)
{
    /// <summary>What the admin chose; null = nothing yet.</summary>
    public bool? TakesTheirs { get; set; }
}
