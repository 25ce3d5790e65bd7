using System.Text.Json.Nodes;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>One entry of <c>expected.json</c>: an example of a webhook and what the portal does with it.</summary>
internal sealed record Example(
    string File,
    string? Before,
    int Http,
    string DeliveryStatus,
    string? Reason,
    bool Turn,
    string? TextSaidToBot,
    string OwnerAfter
)
{
    private static readonly JsonNode Expected = JsonNode.Parse(Repository.Payload("expected.json"))!;

    public static IReadOnlyList<Example> All { get; } =
        [
            .. Expected["examples"]!
                .AsArray()
                .Select(e => new Example(
                    (string)e!["file"]!,
                    (string?)e["before"],
                    (int)e["http"]!,
                    (string)e["deliveryStatus"]!,
                    (string?)e["reason"],
                    (bool)e["turn"]!,
                    (string?)e["textSaidToBot"],
                    (string)e["ownerAfter"]!
                )),
        ];

    /// <summary>Customers that the examples speak of, as printed.</summary>
    public static IReadOnlyList<string> Customers { get; } =
        [.. Expected["examples"]!.AsArray().Select(e => (string?)e!["effectiveUserId"]).OfType<string>().Distinct()];

    /// <summary>The id that stands in the files for one of the account under test.</summary>
    public static string Printed(string name) => (string)Expected["about"]!["substitute"]![name]!;
}
