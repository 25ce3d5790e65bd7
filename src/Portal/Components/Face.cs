using MudBlazor;
using MudBlazor.Services;
using Portal.Components.Errors;
using Portal.Components.Layout;

namespace Portal.Components;

/// <summary>What the pages need besides the use cases.</summary>
internal static class Face
{
    /// <summary>Registers MudBlazor, the texts and what belongs to one reader.</summary>
    public static IServiceCollection AddFace(this IServiceCollection services)
    {
        services.AddMudServices(mud =>
        {
            // Below, where no button is; what it says can be read elsewhere too, so that nobody has to be quick.
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.ShowCloseIcon = false;
            mud.SnackbarConfiguration.MaximumOpacity = 100;
            (mud.SnackbarConfiguration.VisibleStateDuration, mud.SnackbarConfiguration.ShowTransitionDuration, mud.SnackbarConfiguration.HideTransitionDuration) = (8_000, 150, 150);
        });
        services.AddLocalization();
        services.AddScoped<ErrorText>();
        services.AddScoped<Reader>();
        services.AddScoped<BotCommands>().AddScoped<FindCommands>();
        return services;
    }
}
