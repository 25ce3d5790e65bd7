using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model.Schedules;

/// <summary>A customer's text names the bot's reaction to it, so that schedules need no table of texts.</summary>
internal static class Reactions
{
    public static string Text(int message, Reaction reaction) => $"question {message}: {reaction}";

    /// <summary>The reaction to a turn: that of its last text.</summary>
    public static Reaction To(string text) => Enum.Parse<Reaction>(text.Split('\n')[^1].Split(": ")[1]);
}
