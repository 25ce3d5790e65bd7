using Core.Outcomes;
using CsCheck;

namespace Core.Tests.Outcomes;

public sealed class CursorTests
{
    [Fact]
    public void What_was_packed_comes_out_and_fits_into_an_address() =>
        Gen.String.Array[0, 4]
            .Where(key => key.All(part => part.All(c => !char.IsSurrogate(c))))
            .Sample(key =>
            {
                var cursor = Cursor.Write(key);
                Assert.Equal(key, Cursor.Read(cursor));
                Assert.Equal(cursor, Uri.EscapeDataString(cursor));
            });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("a")]
    [InlineData("AAAA")]
    [InlineData("bnVsbA")]
    [InlineData("e30")]
    [InlineData("WzFd")]
    [InlineData("ünïcode")]
    public void What_is_not_ours_starts_from_the_beginning(string? cursor) => Assert.Null(Cursor.Read(cursor));
}
