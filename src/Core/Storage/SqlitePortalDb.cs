using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>The portal's database on SQLite: one process, one file.</summary>
public sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options) : PortalDb(options);
