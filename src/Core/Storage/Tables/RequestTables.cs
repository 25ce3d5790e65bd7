using Core.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Core.Storage.Tables;

internal sealed class IdempotentRequestTable : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> request)
    {
        request.ToTable("IdempotentRequests");
        request.HasKey(r => r.Key);
        request.Property(r => r.Key).HasMaxLength(RememberRequests.LongestKey);
        request.Property(r => r.Fingerprint).HasMaxLength(64);
        request.HasIndex(r => r.At);
    }
}
