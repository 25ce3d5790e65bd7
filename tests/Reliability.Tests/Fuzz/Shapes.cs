using System.Runtime.InteropServices;

namespace Reliability.Tests.Fuzz;

/// <summary>Changes what a payload says and leaves it JSON, more or less.</summary>
internal static class Shapes
{
    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "-0", "1e400", "-1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "2147483648", "1.7976931348623157e308", "12345678901234567890123456789012345678901234567890", "0.1", "1E5", "01", "NaN", "0x10", "+1",
        "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"half \\ud83c\"", "\"\\ud83c\\udf73\"",
        "\"\\uFFFF\\uFEFF\"", "\"\\u202e\\u0007\\u001b[31m\"", "\"🍳 é e\u0301 \u2028\u2029\"", "\"\uFFFE\"", "\"'; drop table Deliveries; --\"",
        "\"<script>alert(1)</script>\"", "\"../../etc/passwd\"", "\"user\"", "\"agent\"", "\"system\"", "\"private\"", "\"message_create\"",
        "\"conversation_assignment\"", "\"conversation_resolution\"", "\"conversation_reopen\"", "\"{0} {1} %s %n\"", "\"\\x41\"", "\"\\u12\"", "\"a\nb\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"1969-12-31T23:59:59Z\"",
        "\"2026-02-30T00:00:00Z\"", "\"2999-12-31T23:59:59Z\"", "\"1971-01-01T00:00:00Z\"", "\"1772442904118\"", "\"10:00\"",
        "\"904417330215862-9223372036854775807\"", "\"904417330215862-99999999999999999999\"", "\"-\"",
    ];

    private static readonly Action<RawJson, Random>[] All = [Remove, Double, Rename, Retype, Swap, Lengthen, Nest, Repeat, Reorder, Move, Escape];

    /// <summary>One change at one place.</summary>
    public static void Change(RawJson root, Random random) => All[random.Next(All.Length)](root, random);

    private static void Remove(RawJson root, Random random)
    {
        var holder = Holder(root, random);
        holder.Items.RemoveAt(random.Next(holder.Items.Count));
    }

    private static void Double(RawJson root, Random random)
    {
        var holder = Holder(root, random);
        var (name, value) = holder.Items[random.Next(holder.Items.Count)];
        holder.Items.Insert(random.Next(holder.Items.Count + 1), (name, random.Next(2) == 0 ? value : Scalar(random)));
    }

    private static void Rename(RawJson root, Random random)
    {
        var holder = Holder(root, random);
        var i = random.Next(holder.Items.Count);
        var name = holder.Items[i].Name;
        string[] names = [name + "x", name.ToUpperInvariant(), "", "\\ud800", "\\u0000", "id", "app_id", "message", new('n', random.Next(5_000)), "a\\/b"];
        holder.Items[i] = (names[random.Next(names.Length)], holder.Items[i].Value);
    }

    private static void Retype(RawJson root, Random random) => Any(root, random).Become(Scalar(random));

    private static void Swap(RawJson root, Random random)
    {
        var value = Any(root, random);
        value.Become(random.Next(2) == 0 ? RawJson.List(Copy(value), RawJson.Of("null")) : RawJson.Object(("text", Copy(value))));
    }

    private static void Lengthen(RawJson root, Random random)
    {
        string[] pieces = ["a", "é", "🍳", "\\u0041", "\\ud83c\\udf73", "\\n", " ", "\\u0000"];
        var times = (int)Math.Pow(10, random.NextDouble() * 4);
        Any(root, random).Become(RawJson.Of($"\"{string.Concat(Enumerable.Repeat(pieces[random.Next(pieces.Length)], times))}\""));
    }

    private static void Nest(RawJson root, Random random)
    {
        var value = Any(root, random);
        int[] depths = [1, 3, 55, 60, 62, 64, 65, 200, 5_000];
        var depth = depths[random.Next(depths.Length)];
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"message\":", "}");
        value.Become(RawJson.Of(string.Concat(Enumerable.Repeat(open, depth)) + "0" + string.Concat(Enumerable.Repeat(close, depth))));
    }

    private static void Repeat(RawJson root, Random random)
    {
        if (root.Everything().Count() > 500)
            return;
        var holder = Holder(root, random);
        var item = holder.Items[random.Next(holder.Items.Count)];
        for (var times = random.Next(1, 30); times > 0; times--)
            holder.Items.Add(item);
    }

    private static void Reorder(RawJson root, Random random) => random.Shuffle(CollectionsMarshal.AsSpan(Holder(root, random).Items));

    private static void Move(RawJson root, Random random)
    {
        var from = Holder(root, random);
        var item = from.Items[random.Next(from.Items.Count)];
        // A copy, or it could come to lie in itself.
        Holder(root, random).Items.Add((item.Name, Copy(item.Value)));
    }

    private static void Escape(RawJson root, Random random)
    {
        var holder = Holder(root, random);
        var i = random.Next(holder.Items.Count);
        var name = holder.Items[i].Name;
        if (name.Length > 0 && name.All(char.IsAsciiLetter))
            holder.Items[i] = ($"\\u{(int)name[0]:x4}{name[1..]}", holder.Items[i].Value);
    }

    private static RawJson Scalar(Random random) => RawJson.Of(Scalars[random.Next(Scalars.Length)]);

    private static RawJson Copy(RawJson value) =>
        value.Scalar is { } scalar ? RawJson.Of(scalar)
        : value.IsObject ? RawJson.Object(value.Items.Select(i => (i.Name, Copy(i.Value))))
        : RawJson.List(value.Items.Select(i => Copy(i.Value)));

    private static RawJson Any(RawJson root, Random random)
    {
        RawJson[] all = [.. root.Everything()];
        return all[random.Next(all.Length)];
    }

    // What holds something; the root at last, given something to hold.
    private static RawJson Holder(RawJson root, Random random)
    {
        RawJson[] holders = [.. root.Everything().Where(v => v.Scalar is null && v.Items.Count > 0)];
        if (holders.Length > 0)
            return holders[random.Next(holders.Length)];
        root.Become(RawJson.Object(("data", RawJson.Of("1"))));
        return root;
    }
}
