namespace Portal.Components.ConnectWizard;

/// <summary>The steps in order; their names, in lower case, are in addresses and in the names that scripts use.</summary>
public enum WizardStep
{
    /// <summary>Account and token.</summary>
    Freshchat,

    /// <summary>The agent in whose name the bot speaks.</summary>
    Agent,

    /// <summary>Who takes over.</summary>
    Group,

    /// <summary>The bot in Mammut.</summary>
    Bot,

    /// <summary>Site id → context.</summary>
    Sites,

    /// <summary>Webhook, key, first event.</summary>
    Webhook,

    /// <summary>Going live, and one message all the way and back.</summary>
    Proof,
}
