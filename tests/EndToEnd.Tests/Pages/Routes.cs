using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace EndToEnd.Tests.Pages;

/// <summary>Every page of the portal, as its components declare it: a new page is found by itself.</summary>
internal static class Routes
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(Portal.Components.App)
            .Assembly.GetTypes()
            .SelectMany(page => page.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
