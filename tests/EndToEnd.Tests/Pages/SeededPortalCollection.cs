namespace EndToEnd.Tests.Pages;

/// <summary>Tests that look at one portal, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SeededPortalCollection : ICollectionFixture<SeededPortal>
{
    public const string Name = "Seeded portal";
}
