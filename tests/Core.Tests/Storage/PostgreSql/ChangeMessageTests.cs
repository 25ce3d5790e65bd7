using Core.Storage;
using Core.Storage.PostgreSql;

namespace Core.Tests.Storage.PostgreSql;

public sealed class ChangeMessageTests
{
    [Fact]
    public void Another_node_reads_what_was_written_and_the_writer_nothing()
    {
        Change[] changes = [.. Enumerable.Range(0, 250).Select(i => new Change(Guid.NewGuid(), i % 3 == 0 ? null : long.MaxValue - i, i % 2 == 0 ? ChangeKind.Events : ChangeKind.Settings))];

        var messages = ChangeMessage.Write("one", changes).ToList();

        Assert.All(messages, m => Assert.InRange(m.Length, 1, 7_999));
        Assert.Equal(changes.Select(c => c with { FromElsewhere = true }), messages.SelectMany(m => ChangeMessage.Read(m, "other")));
        Assert.Empty(messages.SelectMany(m => ChangeMessage.Read(m, "one")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one;")]
    [InlineData("one;Events")]
    [InlineData("one;Unheard,0190c2a8f0007000800000000000000a,1")]
    [InlineData("one;Events,nobody,1")]
    public void What_cannot_be_read_is_left_out(string message) => Assert.Empty(ChangeMessage.Read(message, "other"));
}
