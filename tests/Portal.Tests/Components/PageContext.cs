using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using Portal.Components.Errors;
using Portal.Components.Layout;
using Portal.Pictures;

namespace Portal.Tests.Components;

/// <summary>A component as a reader of one language sees it, at a time that stands still.</summary>
public abstract class PageContext : BunitContext
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;
    private readonly CultureInfo _formatsBefore = CultureInfo.CurrentCulture;

    protected PageContext()
    {
        Read("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddLogging();
        Services.AddScoped<ErrorText>();
        Services.AddScoped<Reader>();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new PictureAddress(new EphemeralDataProtectionProvider(), new MemoryCache(new MemoryCacheOptions())));
    }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 15, 0, TimeSpan.Zero));

    protected static void Read(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    protected static string ByTestId(string id) => $"[data-testid='{id}']";

    protected override void Dispose(bool disposing)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_formatsBefore, _before);
        base.Dispose(disposing);
    }
}
