using Npgsql;

namespace Core.Storage.PostgreSql;

/// <summary>What the portal adds to the connection string of an admin; what that says itself is kept.</summary>
internal static class PostgresConnection
{
    public static string Complete(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        // 200 means: on disk, whatever the server's own setting.
        settings.Options = $"{settings.Options} -c synchronous_commit=on".Trim();
        // A sender gives up after three seconds, so a database that does not answer is said to be gone soon.
        Default("Timeout", 5);
        Default("Command Timeout", 15);
        // Several nodes share a server that takes 100 connections unless it is told otherwise.
        Default("Maximum Pool Size", 30);
        Default("Max Auto Prepare", 100);
        Default("Application Name", "portal");
        return settings.ConnectionString;

        void Default(string key, object value)
        {
            if (!settings.ContainsKey(key) || !settings.ShouldSerialize(key))
                settings[key] = value;
        }
    }
}
