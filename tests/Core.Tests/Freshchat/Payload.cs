using System.Text.Json;
using System.Text.Json.Nodes;

namespace Core.Tests.Freshchat;

/// <summary>The examples of the contracts.</summary>
internal static class Payload
{
    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payloads", name + ".json"));

    /// <summary>Asserts that both are the same JSON, whatever the order of keys and the layout.</summary>
    public static void AssertSame(string example, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Text(example)), JsonNode.Parse(actual)), actual);
}
