namespace Sandbox;

/// <summary>Where the sandbox keeps its state and how patient its webhook sender is (section <c>Sandbox</c> of the configuration).</summary>
public sealed class SandboxSettings
{
    /// <summary>The configuration section these settings are bound from.</summary>
    public const string Section = "Sandbox";

    /// <summary>SQLite file of both simulated systems; a relative path resolves against the content root.</summary>
    public string StateFile { get; set; } = "data/sandbox.db";

    /// <summary>Where the pages lead back to; null = there is no portal that they know of. Inside a portal it is that portal's root, unless set.</summary>
    public string? PortalUrl { get; set; }
}
