using System.Security.Cryptography;

namespace Benchmarks.Load;

/// <summary>
/// Webhooks signed before a run, because signing costs more than anything that is measured. Kept in a file: a database that is new for
/// every run takes the same ones again.
/// </summary>
internal sealed class SignedPool
{
    private const int SignatureText = 344;
    private const int Record = WebhookMessage.Bytes + SignatureText;

    private readonly byte[] _records;

    private SignedPool(byte[] records) => _records = records;

    public int Count => _records.Length / Record;

    public ReadOnlySpan<byte> Signature(int number) => _records.AsSpan(number * Record, SignatureText);

    public ReadOnlySpan<byte> Body(int number) => _records.AsSpan(number * Record + SignatureText, WebhookMessage.Bytes);

    /// <summary>A pool of that shape, from its file or made now.</summary>
    /// <param name="folder">Where account and pools are kept.</param>
    /// <param name="account">The account.</param>
    /// <param name="count">Messages.</param>
    /// <param name="conversations">Conversations that they belong to, in turn.</param>
    /// <param name="burst">How many messages in a row belong to the same conversation.</param>
    public static SignedPool Of(string folder, Account account, int count, int conversations, int burst = 1)
    {
        var file = Path.Combine(folder, $"webhooks-{count}-{conversations}-{burst}.bin");
        if (!File.Exists(file))
        {
            Console.WriteLine($"Signing {count} webhooks, about {count / 2000 / Environment.ProcessorCount} s");
            File.WriteAllBytes(file + ".new", Sign(account, count, conversations, burst));
            File.Move(file + ".new", file);
        }
        return new(File.ReadAllBytes(file));
    }

    private static byte[] Sign(Account account, int count, int conversations, int burst)
    {
        var records = new byte[count * Record];
        var ids = Enumerable.Range(0, conversations).Select(_ => (Conversation: Guid.NewGuid(), Customer: Guid.NewGuid())).ToArray();
        var start = TimeProvider.System.GetUtcNow();
        Parallel.For(
            0,
            count,
            account.Key,
            (number, _, key) =>
            {
                var (conversation, customer) = ids[number / burst % conversations];
                var body = WebhookMessage.OfCustomer(account, number, conversation, customer, start.AddMilliseconds(number));
                var record = records.AsSpan(number * Record, Record);
                var signature = Convert.ToBase64String(key.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
                System.Text.Encoding.ASCII.GetBytes(signature, record);
                body.CopyTo(record[SignatureText..]);
                return key;
            },
            key => key.Dispose()
        );
        return records;
    }
}
