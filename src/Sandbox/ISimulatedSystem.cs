namespace Sandbox;

/// <summary>One of the systems the sandbox stands in for, as far as starting it afresh goes.</summary>
internal interface ISimulatedSystem
{
    /// <summary>Adds the rows of an untouched system; the caller saves them, in the transaction that emptied the state.</summary>
    void Seed(SandboxDb db);

    /// <summary>Drops what is remembered in memory; the state file has been emptied and seeded.</summary>
    void Forget() { }
}
