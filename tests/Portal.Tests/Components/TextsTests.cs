using System.Text.RegularExpressions;

namespace Portal.Tests.Components;

/// <summary>Both languages say the same, nothing is said outside them, and every code has words.</summary>
public sealed partial class TextsTests
{
    public static TheoryData<string> Files => [.. Texts.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_have_the_same_texts_with_the_same_placeholders(string name)
    {
        var english = Texts.Read(name);
        var spanish = Texts.Read(name, "es");

        Assert.Equal(english.Keys.Order(), spanish.Keys.Order());
        Assert.All(english, text => Assert.Equal(Texts.Placeholders(text.Value), Texts.Placeholders(spanish[text.Key])));
        Assert.All(english.Values.Concat(spanish.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Quotation_marks_and_apostrophes_are_those_of_print(string name) =>
        Assert.Equal([], Texts.Read(name).Concat(Texts.Read(name, "es")).Where(text => text.Value.AsSpan().ContainsAny('"', '\'')).Select(text => text.Key));

    [Fact]
    public void No_page_holds_a_literal_text()
    {
        var literal = Texts.Pages.SelectMany(page => RazorMarkup.LiteralTexts(File.ReadAllText(page)).Select(text => $"{Path.GetFileName(page)}: {text}"));

        Assert.Empty(literal);
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("<p title=\"x\">@Text[\"A\"] and</p>", "and")]
    [InlineData("@if (a > b)\n{\n<b @onclick=\"() => Go()\">@(a ? \"x\" : Text[\"y\"])</b>\n}\nelse\n{\n<i/>\n}", null)]
    public void A_literal_text_is_recognised(string markup, string? literal) =>
        Assert.Equal(literal, RazorMarkup.LiteralTexts(markup).SingleOrDefault());

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var missing =
            from page in Texts.Pages.Concat(Texts.Code("src/Portal/Components"))
            let folder = Path.GetFileName(Path.GetDirectoryName(page))!
            from use in NamedText().Matches(File.ReadAllText(page))
            let name = use.Groups[1].Value == "Words" ? "Shared" : folder
            where Texts.Names.Contains(name) && !Texts.Read(name).ContainsKey(use.Groups[2].Value)
            select $"{Path.GetFileName(page)}: {use.Value}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_request_of_a_turn_has_a_name()
    {
        var steps = Texts.Code("src/Core/Turns").SelectMany(file => NotedStep().Matches(File.ReadAllText(file))).Select(step => step.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(steps);
        Assert.Equal([], steps.Where(step => !Texts.Read("Deliveries").ContainsKey("Step." + step) || !Texts.Read("Conversations").ContainsKey("Hop." + step)));
    }

    [Fact]
    public void Every_error_code_has_a_cause_and_a_next_step()
    {
        var texts = Texts.Read("Errors");
        Assert.True(Codes.Errors.Count > 50, "the pattern finds the codes");
        Assert.Equal([], Codes.Errors.Where(code => !texts.ContainsKey(code) || !texts.ContainsKey(code + ".fix")));
    }

    [Fact]
    public void Every_reason_has_words()
    {
        var texts = Texts.Read("Errors");

        Assert.All(Codes.Reasons, code => Assert.Contains("reason." + code, texts.Keys));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_text_is_left_that_nobody_shows(string name) => Assert.Equal([], Texts.Read(name).Keys.Where(key => !IsNamed(key)));

    // Named whole, or put together from a beginning that is named and a value.
    private static bool IsNamed(string key) =>
        Source.Value.Contains($"\"{key}\"", StringComparison.Ordinal)
        || (key.EndsWith(".fix", StringComparison.Ordinal) && IsNamed(key[..^4]))
        || (key.StartsWith("mammut_", StringComparison.Ordinal) && IsNamed(key["mammut_".Length..]))
        || key.Select((letter, place) => (letter, place)).Where(at => at.letter is '.').Any(at => IsBeginning(key[..(at.place + 1)]));

    private static bool IsBeginning(string part) =>
        Source.Value.Contains($"\"{part}\"", StringComparison.Ordinal) || Source.Value.Contains($"\"{part}{{", StringComparison.Ordinal);

    private static readonly Lazy<string> Source = new(() =>
        string.Concat(Texts.Pages.Concat(Texts.Code("src/Portal")).Concat(Texts.Code("src/Core")).Select(File.ReadAllText))
    );

    [GeneratedRegex("""\b(Text|Words)\["([^"$]+)"(?:\]|, )""")]
    private static partial Regex NamedText();

    [GeneratedRegex("Note\\(\"([a-z_.]+)\"")]
    private static partial Regex NotedStep();
}
