using Core.Bots;
using Core.Bots.Accounts;

namespace Portal.Components.Sites;

/// <summary>How people know a topic: by its name, and by its language where several share one.</summary>
internal static class TopicName
{
    public static string Of(ChannelView topic) => topic.Locale is { Length: > 0 } locale ? $"{topic.Name} ({locale})" : topic.Name;

    /// <summary>The name of the topic with that id; null when it is not known.</summary>
    public static string? Of(IEnumerable<ChannelView> topics, string id) => topics.FirstOrDefault(topic => topic.Id == id) is { Name.Length: > 0 } topic ? Of(topic) : null;
}
