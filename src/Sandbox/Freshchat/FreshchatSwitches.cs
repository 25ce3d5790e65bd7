using Sandbox.Control;
using Sandbox.Freshchat.Conversations;
using Sandbox.Freshchat.Rest;
using Sandbox.Freshchat.Webhooks;

namespace Sandbox.Freshchat;

/// <summary>
/// The switches of the simulated Freshchat (freshchat.md 14.2, 14.3): what the account is like stands here, the rest beside what it
/// turns. A count says for how many requests, webhooks or acts: -1 means all.
/// </summary>
internal static class FreshchatSwitches
{
    public static Switch<PayloadGeneration> Generation { get; } =
        Of(
            "payload-generation",
            PayloadGeneration.Y2025,
            "Forma de los webhooks, por el año en que se vio.",
            "Shape of the webhooks, by the year it was seen in."
        );

    public static Switch<bool> SiteIdInProperties { get; } =
        Of(
            "site-id-in-properties",
            true,
            "Los usuarios muestran su siteId como propiedad.",
            "Users show their site id as a property."
        );

    public static Switch<bool> SendAsBot { get; } =
        Of(
            "send-as-bot",
            false,
            "Lo que se publica como agente vuelve con actor_type bot.",
            "What is posted as an agent comes back with actor_type bot."
        );

    public static Switch<bool> LateFileUrl { get; } =
        Of(
            "late-file-url",
            false,
            "Imágenes y ficheros llegan sin url en el webhook y en la primera lectura.",
            "Images and files come without url in the webhook and on the first read."
        );

    public static Switch<int> AgentsPerPage { get; } =
        Of(
            "agents-per-page",
            4,
            "Página más larga de la lista de agentes (como mucho 50).",
            "Largest page of the list of agents (at most 50)."
        );

    public static Switch<int> GroupsPerPage { get; } =
        Of(
            "groups-per-page",
            2,
            "Página más larga de la lista de grupos (como mucho 50).",
            "Largest page of the list of groups (at most 50)."
        );

    /// <summary>All of them, in the order people read them.</summary>
    public static Switch[] All { get; } =
    [
        Generation,
        SiteIdInProperties,
        SendAsBot,
        LateFileUrl,
        AgentsPerPage,
        GroupsPerPage,
        .. ApiSwitches.All,
        .. WebhookSwitches.All,
        .. AssignmentSwitches.All,
    ];

    private static Switch<T> Of<T>(string name, T untouched, string spanish, string english)
        where T : notnull => new("freshchat", name, SwitchGroup.Account, untouched, spanish, english);
}
