namespace Portal.Resources;

// One type per .resx file: each names the texts of the folder of components that it is called after.

public sealed class Bots;

public sealed class ConnectWizard;

public sealed class Conversations;

public sealed class Deliveries;

public sealed class Errors;

public sealed class Help;

public sealed class Layout;

public sealed class Settings;

public sealed class Shared;

public sealed class Sites;
