using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Portal.Components;
using Portal.Components.Layout;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

/// <summary>No component is shown to people that no test has shown by itself. Pages are reached by their addresses in a browser, all of them.</summary>
public sealed partial class EveryComponentTests
{
    private static readonly Type[] ShownOtherwise =
    [
        // They need a request and a circuit: every page that the proofs in a browser open stands in them.
        typeof(App),
        typeof(Routes),
        typeof(MainLayout),
        // Shown by the dialogs when it is asked for with AskAsync.
        typeof(ConfirmDialog),
    ];

    [Fact]
    public void Every_component_is_shown_by_a_test()
    {
        var components = typeof(App).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IComponent)) && !type.IsAbstract && !type.IsDefined(typeof(RouteAttribute), inherit: false));
        // A test that shows a component says its type: Render<FieldError>(…).
        var shown = Texts.Code("tests/Portal.Tests").SelectMany(file => TypeArgument().Matches(File.ReadAllText(file))).Select(type => type.Groups[1].Value).ToHashSet();

        Assert.Equal(ShownOtherwise.Select(type => type.Name).Order(), components.Select(type => type.Name.Split('`')[0]).Except(shown).Order());
    }

    [GeneratedRegex(@"(?<=\w)<(?:\w+\.)*(\w+)")]
    private static partial Regex TypeArgument();
}
