using System.Text.Json.Nodes;

namespace Portal.Api;

/// <summary>On writing, absent and null mean the same, whatever the type of the member (docs/contracts/portal.md 3).</summary>
internal static class NullIsAbsent
{
    /// <summary>Takes out every member that is null; an entry of a list stays, for its place says which it is.</summary>
    public static JsonNode? In(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (In(value) is null)
                    members.Remove(name);
            }
        }
        else if (node is JsonArray entries)
        {
            foreach (var entry in entries)
                In(entry);
        }
        return node;
    }
}
