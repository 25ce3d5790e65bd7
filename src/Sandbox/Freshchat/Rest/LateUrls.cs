using System.Collections.Concurrent;
using Sandbox.Control;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>Which messages with files have been read before: the first time the file is still being stored (freshchat.md 5.7, 14.3).</summary>
internal sealed class LateUrls(SwitchBoard switches) : ISimulatedSystem
{
    private readonly ConcurrentDictionary<string, bool> _read = new();

    /// <summary>Whether this reading shows no address yet; counts as one reading.</summary>
    public bool AreMissing(Message message) => switches.Get(FreshchatSwitches.LateFileUrl) && _read.TryAdd(message.Id, true);

    void ISimulatedSystem.Seed(SandboxDb db) { }

    void ISimulatedSystem.Forget() => _read.Clear();
}
