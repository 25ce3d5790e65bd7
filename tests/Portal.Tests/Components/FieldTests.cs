using Bunit;
using Core.Outcomes;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

public sealed class FieldTests : PageContext
{
    [Fact]
    public void The_error_stands_at_its_field_and_is_announced_with_it()
    {
        var field = Render<TextField>(p => p.Add(f => f.Label, "Token").Add(f => f.TestId, "api-token").Add(f => f.Error, new Error("token_refused")));

        var input = field.Find(ByTestId("api-token"));
        var error = field.Find(ByTestId("field-error"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains(error.Id!, input.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Contains("does not accept", error.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_label_names_the_input()
    {
        var field = Render<TextField>(p => p.Add(f => f.Label, "Chat URL").Add(f => f.TestId, "chat-url"));

        Assert.Equal(field.Find(ByTestId("chat-url")).Id, field.Find("label").GetAttribute("for"));
    }

    [Fact]
    public void A_secret_is_hidden_until_the_reader_asks_to_see_what_they_typed()
    {
        var field = Render<TextField>(p => p.Add(f => f.Label, "Token").Add(f => f.Secret, true));
        Assert.Equal("password", field.Find("input").GetAttribute("type"));

        field.Find("button").Click();

        Assert.Equal("text", field.Find("input").GetAttribute("type"));
    }

    [Fact]
    public void Every_stroke_is_reported_so_that_nothing_moves_when_the_field_is_left()
    {
        string? typed = null;
        var field = Render<TextField>(p => p.Add(f => f.Label, "Name").Add(f => f.ValueChanged, value => typed = value));

        field.Find("input").Input("fresh");

        Assert.Equal("fresh", typed);
    }

    [Theory]
    [InlineData(2, "just now")]
    [InlineData(12, "12 s ago")]
    [InlineData(7_300, "2 h ago")]
    public void Times_are_relative_with_the_exact_one_behind_them(int seconds, string said)
    {
        var at = Clock.GetUtcNow().AddSeconds(-seconds);

        var time = Render<RelativeTime>(p => p.Add(t => t.At, at)).Find("time");

        Assert.Equal(said, time.TextContent);
        Assert.StartsWith(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture), time.GetAttribute("datetime"), StringComparison.Ordinal);
        Assert.NotEmpty(time.GetAttribute("title")!);
    }
}
