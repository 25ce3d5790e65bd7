using MudBlazor;

namespace Portal.Components.Layout;

/// <summary>The tokens of the face, light and dark; app.css uses them through MudBlazor's variables.</summary>
internal static class PortalTheme
{
    private static readonly string[] Fonts =
    [
        "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Ubuntu", "Cantarell", "Helvetica Neue", "Arial", "sans-serif",
    ];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Background = "#F6F8FA",
            BackgroundGray = "#EEF1F4",
            Surface = "#FFFFFF",
            DrawerBackground = "#FFFFFF",
            AppbarBackground = "#FFFFFF",
            AppbarText = "#1B2026",
            Divider = "#D0D7DE",
            LinesDefault = "#D0D7DE",
            LinesInputs = "#8C959F",
            TableLines = "#D0D7DE",
            TextPrimary = "#1B2026",
            TextSecondary = "#57606A",
            TextDisabled = "#6E7781",
            ActionDefault = "#57606A",
            ActionDisabled = "#6E7781",
            ActionDisabledBackground = "#E6EAEE",
            Primary = "#0B6B66",
            PrimaryContrastText = "#FFFFFF",
            Success = "#1A7F37",
            Warning = "#8A5A00",
            Error = "#C1232E",
            Info = "#0860C4",
        },
        PaletteDark = new PaletteDark
        {
            Background = "#0F1419",
            BackgroundGray = "#1D242C",
            Surface = "#171D24",
            DrawerBackground = "#171D24",
            AppbarBackground = "#171D24",
            AppbarText = "#E6EDF3",
            Divider = "#2F3842",
            LinesDefault = "#2F3842",
            LinesInputs = "#6B7683",
            TableLines = "#2F3842",
            TextPrimary = "#E6EDF3",
            TextSecondary = "#9DA7B3",
            TextDisabled = "#87919D",
            ActionDefault = "#9DA7B3",
            ActionDisabled = "#87919D",
            ActionDisabledBackground = "#252D36",
            Primary = "#4CC2B8",
            PrimaryContrastText = "#06201E",
            Success = "#56D07A",
            SuccessContrastText = "#06201E",
            Warning = "#E0B04A",
            WarningContrastText = "#241A00",
            Error = "#FF7B80",
            ErrorContrastText = "#2A0507",
            Info = "#6CB2FF",
            InfoContrastText = "#04172B",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography
            {
                FontFamily = Fonts,
                FontSize = "0.875rem",
                FontWeight = "600",
                LetterSpacing = "normal",
                TextTransform = "none",
            },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "1rem", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "0.875rem", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1.125rem", FontWeight = "600", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
