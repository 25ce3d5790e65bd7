using System.Text.Json;

namespace Core.Bots.Sites;

/// <summary>Lines for a web page with Freshchat's widget that tell which site it is (freshchat.md 13). Pure.</summary>
public static class WidgetSnippet
{
    /// <summary>Longest site id.</summary>
    public const int Longest = 200;

    /// <summary>
    /// Goes before the widget's own script: the site id keeps the customers of the sites apart, and the user property lets rules see the
    /// site, which no event carries by itself.
    /// </summary>
    public static string For(string siteId)
    {
        // Escaped for JavaScript and so that no value can end the script element.
        var value = JsonSerializer.Serialize(siteId.Trim());
        return $$"""
            <script>
              window.fcWidgetMessengerConfig = { siteId: {{value}} };
              window.addEventListener("load", function tellSite() {
                if (!window.fcWidget) return void setTimeout(tellSite, 500);
                window.fcWidget.user.setProperties({ cf_site: {{value}} });
              });
            </script>
            """;
    }
}
