namespace Portal.Components.Conversations;

/// <summary>A far side's id as people tell two of them apart at a glance.</summary>
internal static class ShortId
{
    private const int Length = 8;

    /// <summary>Its beginning; the whole of one that is hardly longer.</summary>
    public static string Of(string id) => id.Length <= Length + 2 ? id : id[..Length];
}
