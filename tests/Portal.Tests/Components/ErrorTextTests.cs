using Core.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using Portal.Components.Errors;

namespace Portal.Tests.Components;

public sealed class ErrorTextTests : PageContext
{
    private ErrorText Text => Services.GetRequiredService<ErrorText>();

    [Theory]
    [InlineData("en", "Freshchat does not accept the API token.")]
    [InlineData("es", "Freshchat no acepta el token de API.")]
    public void Says_the_cause_in_the_reader_s_language(string language, string cause)
    {
        Read(language);

        Assert.Equal(cause, Text.Cause(new Error("token_refused", "apiToken")));
    }

    [Fact]
    public void An_unknown_code_gets_a_decent_text_that_names_it()
    {
        Assert.Equal("Something went wrong that the portal does not recognise.", Text.Cause("brand_new"));
        Assert.Contains("brand_new", Text.NextStep("brand_new"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_is_a_failure_of_a_far_side_is_said_as_such()
    {
        Assert.Equal("The bot does not know the answer", Text.Reason("does_not_know"));
        Assert.Equal("No answer came in time.", Text.Reason("timeout"));
    }

    [Fact]
    public void Only_reasons_with_a_consequence_have_one() => Assert.Null(Text.ReasonMeans("own_echo"));
}
