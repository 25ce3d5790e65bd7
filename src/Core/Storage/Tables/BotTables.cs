using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Core.Storage.Tables;

internal sealed class BotTable : IEntityTypeConfiguration<Bot>
{
    public void Configure(EntityTypeBuilder<Bot> bot)
    {
        bot.ToTable("Bots");
        bot.Property(b => b.Name).HasMaxLength(200);
        bot.Property(b => b.WebhookId).HasMaxLength(64);
        bot.Property(b => b.AppId).HasMaxLength(100);
        bot.Property(b => b.Version).IsConcurrencyToken();
        bot.Property(b => b.QuietWindow).HasConversion(w => w!.Value.Ticks, ticks => TimeSpan.FromTicks(ticks));
        bot.ComplexProperty(b => b.Policies);
        bot.ComplexProperty(
            b => b.Messages,
            messages =>
            {
                messages.ComplexProperty(m => m.HandOver);
                messages.ComplexProperty(m => m.Unavailable);
            }
        );
        bot.HasIndex(b => b.WebhookId).IsUnique();
        // freshchat.md 9.1: one bot per App ID among live and paused ones; the database decides, not a look-up before.
        bot.HasIndex(b => b.AppId).IsUnique().HasFilter("\"Status\" in ('Live', 'Paused')").HasDatabaseName("IX_Bots_AppId_Active");
        bot.HasIndex(b => new { b.Name, b.Id });
        bot.HasMany(b => b.Keys).WithOne().HasForeignKey(k => k.BotId);
        bot.HasMany(b => b.Sites).WithOne().HasForeignKey(s => s.BotId);
    }
}

internal sealed class BotKeyTable : IEntityTypeConfiguration<BotKey>
{
    public void Configure(EntityTypeBuilder<BotKey> key)
    {
        key.ToTable("BotKeys");
        key.Property(k => k.Fingerprint).HasMaxLength(64);
        key.HasIndex(k => new { k.BotId, k.Fingerprint }).IsUnique();
    }
}

internal sealed class TypedDraftTable : IEntityTypeConfiguration<TypedDraft>
{
    public void Configure(EntityTypeBuilder<TypedDraft> typed)
    {
        typed.ToTable("TypedDrafts");
        typed.HasKey(t => t.BotId);
    }
}

internal sealed class RehearsalTable : IEntityTypeConfiguration<Rehearsal>
{
    public void Configure(EntityTypeBuilder<Rehearsal> rehearsal)
    {
        rehearsal.ToTable("Rehearsals");
        rehearsal.HasKey(r => r.BotId);
    }
}

internal sealed class BotActivityTable : IEntityTypeConfiguration<BotActivity>
{
    public void Configure(EntityTypeBuilder<BotActivity> activity)
    {
        activity.ToTable("BotActivity");
        activity.HasKey(a => a.BotId);
    }
}

internal sealed class BotHourTable : IEntityTypeConfiguration<BotHour>
{
    public void Configure(EntityTypeBuilder<BotHour> hour)
    {
        hour.ToTable("BotHours");
        // The hour first: a day of all bots lies together.
        hour.HasKey(h => new { h.Hour, h.BotId });
    }
}

internal sealed class RejectionTable : IEntityTypeConfiguration<Rejection>
{
    public void Configure(EntityTypeBuilder<Rejection> rejection)
    {
        rejection.ToTable("Rejections");
        rejection.HasKey(r => new { r.BotId, r.Code });
        rejection.Property(r => r.Code).HasMaxLength(60);
    }
}

internal sealed class SiteRuleTable : IEntityTypeConfiguration<SiteRule>
{
    public void Configure(EntityTypeBuilder<SiteRule> rule)
    {
        rule.ToTable("SiteRules");
        rule.Property(r => r.SiteId).HasMaxLength(200);
        rule.Property(r => r.Context).HasMaxLength(200);
        rule.HasIndex(r => new { r.BotId, r.Position });
    }
}

internal sealed class UnknownSiteTable : IEntityTypeConfiguration<UnknownSite>
{
    public void Configure(EntityTypeBuilder<UnknownSite> site)
    {
        site.ToTable("UnknownSites");
        site.Property(s => s.Value).HasMaxLength(200);
        site.HasIndex(s => new { s.BotId, s.Source, s.Value }).IsUnique();
    }
}
