using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Mammut.Graph;

/// <summary>The path of a graph request, in Mammut's grammar (mammut.md 2.1).</summary>
/// <param name="Depth">How far to follow edges when reading: 1 is a vertex' own properties.</param>
/// <param name="Vertex">Type of the vertex, e.g. <c>user</c>.</param>
/// <param name="Id">Number of the vertex; null when one is to be created.</param>
/// <param name="Edge">Edge to follow or to create along, if any.</param>
/// <param name="Target">Type of the vertex at the edge's end, when named.</param>
internal sealed partial record GraphPath(int Depth, string Vertex, long? Id, string? Edge, string? Target)
{
    /// <summary>Reads <c>graph[:DEPTH]/VERTEX[:ID][/EDGE[::VERTEX2|:=VERTEX2]]</c>; null when it is anything else.</summary>
    public static GraphPath? Parse(string path)
    {
        var match = Grammar().Match(path);
        if (!match.Success)
            return null;
        var id = match.Groups["id"].Success ? Number(match.Groups["id"].Value) : null;
        if (match.Groups["id"].Success && id is null)
            return null;
        return new(
            (int)(Number(match.Groups["depth"].Value) ?? 1),
            match.Groups["vertex"].Value,
            id,
            Text(match.Groups["edge"]),
            Text(match.Groups["target"])
        );
    }

    private static long? Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static string? Text(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex(
        @"^graph(:(?<depth>\d{1,2}))?/(?<vertex>[a-z-]+)(:(?<id>\d+))?(/(?<edge>[a-z-]+)((::|:=)(?<target>[a-z-]+))?)?/?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Grammar();
}
