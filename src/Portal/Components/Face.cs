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
        services.AddMudServices();
        services.AddLocalization();
        services.AddScoped<ErrorText>();
        services.AddScoped<Reader>();
        services.AddScoped<BotCommands>().AddScoped<FindCommands>();
        return services;
    }
}
