namespace Core.Outcomes;

/// <summary>What may be called from here; section <c>Outbound</c> (portal.md 2).</summary>
public sealed class OutboundOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Outbound";

    /// <summary>Allows http to loopback hosts. Default: whether the sandbox is on.</summary>
    public bool AllowHttpLoopback { get; set; }

    /// <summary>Allows Chat URLs whose host is on a private network, for example a proxy of one's own. Default: no.</summary>
    public bool AllowPrivate { get; set; }
}
