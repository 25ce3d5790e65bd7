using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Freshchat.Account;

/// <summary>Where the account and what an admin sets up in it are kept.</summary>
internal sealed class AccountTables
    : IEntityTypeConfiguration<FreshchatAccount>,
        IEntityTypeConfiguration<Agent>,
        IEntityTypeConfiguration<Group>,
        IEntityTypeConfiguration<Topic>,
        IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<FreshchatAccount> account)
    {
        account.ToTable("freshchat_account");
        account.Property(a => a.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.ToTable("freshchat_agents");
        agent.Property(a => a.CreatedTime).HasConversion<UnixMilliseconds>();
    }

    public void Configure(EntityTypeBuilder<Group> group) => group.ToTable("freshchat_groups");

    public void Configure(EntityTypeBuilder<Topic> topic)
    {
        topic.ToTable("freshchat_topics");
        topic.Property(t => t.UpdatedTime).HasConversion<UnixMilliseconds>();
    }

    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("freshchat_users");
        user.Property(u => u.CreatedTime).HasConversion<UnixMilliseconds>();
        user.Property(u => u.UpdatedTime).HasConversion<UnixMilliseconds>();
        user.HasIndex(u => u.ReferenceId);
        user.HasIndex(u => u.Site);
    }
}
