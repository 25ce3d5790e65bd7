using Microsoft.EntityFrameworkCore;

namespace Sandbox;

/// <summary>State of every simulated system in one file; each folder brings its tables as entity configurations.</summary>
internal sealed class SandboxDb(DbContextOptions<SandboxDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(SandboxDb).Assembly);
    }
}
