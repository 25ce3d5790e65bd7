using System.Security.Cryptography;

namespace Sandbox.Freshchat.Account;

/// <summary>
/// What a fresh installation starts with (freshchat.md 14.4): two shops in one account, and the traps a set-up has to survive -
/// two groups of one name, two topics of one name, a group that contains the bot, a deactivated agent.
/// </summary>
internal sealed class DemoAccount(TimeProvider clock) : ISimulatedSystem
{
    /// <summary>The group of people that takes over what the bot does not know.</summary>
    public const string SupportGroup = "Mammut Bot Support team";

    public void Seed(SandboxDb db)
    {
        var now = clock.Now();
        var bot = Person(1, "bot", "Bot", "Mammut", now, routing: "DISABLED");
        var lucia = Person(2, "lucia", "Lucía", "Ferrer", now);
        var tomas = Person(3, "tomas", "Tomás", "Rey", now);
        var former = Person(4, "antigua", "Marta", "Antigua", now, deactivated: true);
        var admin = Person(5, "admin", "Cuenta", null, now, routing: "DISABLED", admin: true);
        db.AddRange(bot, lucia, tomas, former, admin);
        db.AddRange(
            Members(1, "Pedidos", "Encargos y cambios", lucia),
            Members(2, "Turno de tarde", "Atiende de 16 a 22 h", tomas),
            Members(3, SupportGroup, "Personas que atienden lo que el bot no sabe", lucia, tomas),
            Members(4, "Turno de tarde", "El mismo nombre otra vez", lucia),
            Members(5, "Autoservicio", "Contiene al agente del bot", bot, lucia)
        );
        db.AddRange(
            Subject(1, "Comida", "es", "Hola, ¿qué le apetece hoy?", now),
            Subject(2, "Comida", "en", "Hello, what would you like today?", now),
            Subject(3, "Utensilios", "es", "Hola, ¿en qué podemos ayudarle?", now)
        );
        db.AddRange(
            User.Arrives("Ana", "comida", "comida:1042", now),
            User.Arrives("Ana", "utensilios", "comida:1042", now),
            User.Arrives("Bruno", "utensilios", "utensilios:2077", now),
            User.Arrives("Visitante", null, null, now)
        );
        db.Add(Account(bot, now));
    }

    private static FreshchatAccount Account(Agent bot, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var appId = Guid.NewGuid().ToString();
        return new()
        {
            Id = RandomNumberGenerator.GetInt32(1_000_000, 9_999_999),
            AppId = appId,
            Token = AccessToken.Issue(appId, now),
            PrivateKey = key.ExportPkcs8PrivateKey(),
            BotAgentId = bot.Id,
        };
    }

    private static Agent Person(
        int position,
        string mailbox,
        string first,
        string? last,
        DateTimeOffset now,
        string routing = "INTELLIASSIGN",
        bool deactivated = false,
        bool admin = false
    ) =>
        new()
        {
            Id = Guid.NewGuid().ToString(),
            Position = position,
            Email = $"{mailbox}@demo-tienda.example.test",
            FirstName = first,
            LastName = last,
            OrganisationId = OrganisationNumber.Next(),
            RoutingType = routing,
            RoleId = admin ? "ACCOUNT_ADMIN" : "AGENT",
            RoleName = admin ? "Account Admin" : "Agent",
            Availability = deactivated || admin ? "UNAVAILABLE" : "AVAILABLE",
            IsDeactivated = deactivated,
            CreatedTime = now,
        };

    private static Group Members(int position, string name, string description, params Agent[] members) =>
        new()
        {
            Id = Guid.NewGuid().ToString(),
            Position = position,
            Name = name,
            Description = description,
            NumericId = RandomNumberGenerator.GetInt32(100_000, 999_999),
            Agents = [.. members.Select(m => m.Id)],
        };

    private static Topic Subject(int position, string name, string locale, string welcome, DateTimeOffset now) =>
        new()
        {
            Id = Guid.NewGuid().ToString(),
            Position = position,
            Name = name,
            Locale = locale,
            NumericId = RandomNumberGenerator.GetInt32(100_000, 999_999),
            Welcome = welcome,
            Tags = [name.ToLowerInvariant()],
            UpdatedTime = now,
        };
}
