namespace Sandbox.Identity;

/// <summary>Somebody the sandbox lets sign in. There are no passwords: choosing a person is all it takes.</summary>
/// <param name="Role">The role claim, at the same time the person's name in addresses and cookies.</param>
internal sealed record Person(string Role, string Name, string Email)
{
    public static IReadOnlyList<Person> All { get; } =
        [
            new("admin", "Ana Admin", "ana@demo.example.test"),
            new("operator", "Óscar Operador", "oscar@demo.example.test"),
            new("viewer", "Vera Visor", "vera@demo.example.test"),
        ];

    /// <summary>The stable <c>sub</c> claim.</summary>
    public string Subject => $"sandbox-{Role}";

    public static Person? Find(string? role) => All.FirstOrDefault(p => p.Role == role);
}
