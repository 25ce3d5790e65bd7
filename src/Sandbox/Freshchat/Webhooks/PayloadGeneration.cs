using System.Text.Json.Serialization;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>Shapes of the same webhooks, named by the years they were seen in (freshchat.md 7).</summary>
internal enum PayloadGeneration
{
    [JsonStringEnumMemberName("2018")]
    Y2018,

    [JsonStringEnumMemberName("2019-2020")]
    Y2019,

    [JsonStringEnumMemberName("2021")]
    Y2021,

    [JsonStringEnumMemberName("2022")]
    Y2022,

    [JsonStringEnumMemberName("2025")]
    Y2025,
}
