using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Brain;

/// <summary>What a bot did in a room in one step of a turn.</summary>
/// <param name="Said">Its thoughts, in order; may be empty.</param>
/// <param name="AsksToBeTaught">Whether an issue is open now.</param>
internal sealed record BotStep(Room Room, IReadOnlyList<Thought> Said, bool AsksToBeTaught);
