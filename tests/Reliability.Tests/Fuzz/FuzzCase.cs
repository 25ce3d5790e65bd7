using System.Text;
using Support;

namespace Reliability.Tests.Fuzz;

/// <summary>
/// One case: an example of the contracts and the steps that spoil it. The same seed gives the same request, and a step that is left out
/// changes none of the others, so that a failing case can be made smaller.
/// </summary>
internal sealed record FuzzCase(int Seed)
{
    private const int LargestBody = 3 * 1024 * 1024;
    private const int Steps = 10;

    private static readonly string[] Examples =
    [
        .. Directory
            .GetFiles(Path.Combine(Repository.Root, "tests", "Payloads"), "webhook-*.json")
            .Order(StringComparer.Ordinal)
            .Select(f => CompactJson.Of(File.ReadAllText(f))),
    ];

    /// <summary>Steps that are left out.</summary>
    public HashSet<int> Without { get; init; } = [];

    /// <summary>The same case with a step less, for each step that it still has.</summary>
    public IEnumerable<FuzzCase> Smaller() =>
        Enumerable.Range(0, Steps).Where(s => !Without.Contains(s)).Select(s => this with { Without = [.. Without, s] });

    /// <summary>Randomness for what is no step of its own.</summary>
    public Random Random(int step) => new(HashCode(Seed, step));

    public FuzzRequest Request(Target target)
    {
        var request = new FuzzRequest { Path = target.Address.AbsolutePath, Body = Base(target) };
        var many = Random(-1).Next(4);
        var json = RawJson.Parse(Encoding.UTF8.GetString(request.Body));
        for (var step = 0; step < many; step++)
        {
            if (Has(request, step, "shape"))
                Shapes.Change(json, Random(step));
        }
        request.Body = json.Bytes();
        for (var step = 3; step < 5; step++)
        {
            if (Random(step).Next(6) == 0 && Has(request, step, "bytes"))
                request.Body = Damage.Do(request.Body, Random(step + 100));
        }
        if (request.Body.Length > LargestBody)
            request.Body = request.Body[..LargestBody];
        for (var step = 5; step < 7; step++)
        {
            if (Random(step).Next(4) == 0 && Has(request, step, "headers"))
                Envelopes.Headers(request, Random(step + 100));
        }
        if (Random(7).Next(3) == 0 && Has(request, 7, "address"))
            request.Path = Envelopes.Address(target, Random(107));
        request.Signature = Has(request, 8, "signature") ? Envelopes.Signature(target, request.Body, Random(8)) : target.Sign(request.Body, false);
        if (Random(9).Next(4) == 0 && Has(request, 9, "transport"))
            request.Transport = Envelopes.Transport(Random(109));
        return request;
    }

    // Some share a conversation, none a message id unless a step wants it.
    private byte[] Base(Target target)
    {
        var random = Random(-2);
        var text = Examples[random.Next(Examples.Length)]
            .Replace("424b1fee-9709-4315-85d9-5954058b4714", target.Account.AppId, StringComparison.Ordinal)
            .Replace("126e79e2-e6ca-41d6-a1ad-bc4e10bfa287", target.Account.BotAgent, StringComparison.Ordinal);
        var json = RawJson.Parse(text);
        var conversation = $"\"conversation-{Seed / 16}\"";
        foreach (var holder in json.Everything().ToList())
        {
            for (var i = 0; i < holder.Items.Count; i++)
            {
                if (holder.Items[i].Name == "conversation_id")
                    holder.Items[i].Value.Become(RawJson.Of(conversation));
                else if (holder.Items[i].Name is "id" or "action_time" && holder.Items[i].Value.Scalar is not null)
                    holder.Items[i].Value.Become(RawJson.Of(holder.Items[i].Name == "id" ? $"\"message-{Seed}\"" : $"\"{Time(random)}\""));
            }
        }
        return json.Bytes();
    }

    private static string Time(Random random) => $"2026-03-02T09:{random.Next(60):00}:{random.Next(60):00}.{random.Next(1000):000}Z";

    private bool Has(FuzzRequest request, int step, string name)
    {
        if (Without.Contains(step))
            return false;
        request.Steps.Add(name);
        return true;
    }

    // The framework's own differs from run to run.
    private static int HashCode(int seed, int step) => unchecked((seed * 486_187_739) ^ ((step + 1_000) * 16_777_619));
}
