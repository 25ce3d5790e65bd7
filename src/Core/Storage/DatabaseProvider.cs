namespace Core.Storage;

/// <summary>Products that can hold the portal's database (portal.md 2).</summary>
public enum DatabaseProvider
{
    /// <summary>One process, one file.</summary>
    Sqlite,

    /// <summary>Any number of processes, one database.</summary>
    PostgreSql,
}
