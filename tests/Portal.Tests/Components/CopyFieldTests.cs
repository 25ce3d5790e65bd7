using Bunit;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

public sealed class CopyFieldTests : PageContext
{
    [Theory]
    [InlineData(true, "Copied")]
    [InlineData(false, "Not copied")]
    public void It_is_said_whether_it_was_copied_each_time(bool done, string said)
    {
        var copied = JSInterop.Setup<bool>("portal.copy", _ => true);
        var field = Render<CopyField>(p => p.Add(f => f.Value, "https://portal.test").Add(f => f.TestId, "url"));

        field.Find(ByTestId("copy-url")).Click();
        copied.SetResult(done);
        field.WaitForAssertion(() => Assert.StartsWith(said, field.Find(ByTestId("copy-said")).TextContent, StringComparison.Ordinal));

        copied = JSInterop.Setup<bool>("portal.copy", _ => true);
        field.Find(ByTestId("copy-url")).Click();
        Assert.Empty(field.Find(ByTestId("copy-said")).TextContent);
        copied.SetResult(done);
        field.WaitForAssertion(() => Assert.StartsWith(said, field.Find(ByTestId("copy-said")).TextContent, StringComparison.Ordinal));
    }
}
