namespace Portal;

/// <summary>Every address of the portal, named once (docs/contracts/portal.md 1).</summary>
internal static class PortalUrls
{
    public const string DefaultListenAddress = "http://127.0.0.1:5080";

    public const string SignOut = "/signout";
    public const string NoAccess = "/no-access";
    public const string Culture = "/culture";
    public const string AgentPicture = "/agent-picture";

    public const string Webhook = Core.Bots.WebhookAddress.Path + "/{webhookId}";
    public const string SharedWebhook = Core.Bots.WebhookAddress.Path;

    public const string Api = "/api/v1";
    public const string OpenApi = "/openapi/{documentName}.json";

    public const string Live = "/health/live";
    public const string Ready = "/health/ready";

    /// <summary>Where the identity provider sends people back to; the path is registered with the provider.</summary>
    public const string SignInCallback = "/signin-oidc";
    public const string SignOutCallback = "/signout-callback-oidc";
}
