namespace Portal.Components.Shared;

/// <summary>
/// What a list is narrowed to. The address of the page says it as well, so that Back, a reload and a link lead to the same list; what
/// the page itself writes there comes back to it later, and is nothing new then.
/// </summary>
/// <param name="everything">The list that is not narrowed.</param>
internal sealed class Narrowed<TTo>(TTo everything)
    where TTo : class, IEquatable<TTo>
{
    private readonly List<TTo> _written = [];
    private TTo? _heard;

    /// <summary>What it is narrowed to now.</summary>
    public TTo To { get; private set; } = everything;

    /// <summary>Hears what the address says; true when that is not what was chosen here.</summary>
    public bool Hears(TTo said)
    {
        if (said.Equals(_heard))
            return false;
        _heard = said;
        var echo = _written.IndexOf(said);
        _written.RemoveRange(0, echo < 0 ? _written.Count : echo + 1);
        if (echo < 0)
            To = said;
        return echo < 0;
    }

    /// <summary>Takes the reader's choice, which is written to the address next.</summary>
    public void Choose(TTo to)
    {
        To = to;
        _written.Add(to);
    }
}
