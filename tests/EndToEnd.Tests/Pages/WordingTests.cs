namespace EndToEnd.Tests.Pages;

public sealed class WordingTests
{
    [Theory]
    [InlineData("es", "Settings", true)]
    [InlineData("es", "Ajustes", false)]
    [InlineData("en", "Ajustes", true)]
    [InlineData("es", "Reconnect.Title", true)]
    [InlineData("es", "token_refused", true)]
    [InlineData("es", "freshbot", false)]
    [InlineData("es", "Ups. Freshchat does not accept the API token. 401", true)]
    public void What_is_not_in_the_reader_s_language_is_noticed(string language, string text, bool strange) =>
        Assert.Equal(strange, Wording.Of[language].Strange([text]).Any());
}
