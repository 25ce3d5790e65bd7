namespace Sandbox.Mammut.Graph;

/// <summary>What a request to the graph is about.</summary>
internal enum GraphRequest
{
    Any,
    CreateUser,
    UpdateUser,
    ReadUser,
    CreateRoom,
    ReadRoom,
    SendThought,
    ReadThoughts,
    WriteIssue,
    Relay,
}
