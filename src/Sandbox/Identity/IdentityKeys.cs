using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Sandbox.Identity;

/// <summary>
/// The provider's keys. They outlive a restart and a reset, because a portal in another process remembers the published one.
/// </summary>
internal sealed class IdentityKeys(IDbContextFactory<SandboxDb> dbs) : ISimulatedSystem, IConfigureOptions<OpenIddictServerOptions>
{
    private const int KeySize = 2048;

    private KeyRow? _keys;

    public void Seed(SandboxDb db)
    {
        _keys ??= new() { Signing = NewSigningKey(), Encryption = RandomNumberGenerator.GetBytes(32) };
        db.Add(new KeyRow { Signing = _keys.Signing, Encryption = _keys.Encryption });
    }

    public void Configure(OpenIddictServerOptions options)
    {
        using (var db = dbs.CreateDbContext())
            _keys ??= db.Set<KeyRow>().AsNoTracking().Single();
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_keys.Signing, out _);
        var signing = new RsaSecurityKey(rsa);
        signing.KeyId = Base64UrlEncoder.Encode(signing.ComputeJwkThumbprint());
        options.SigningCredentials.Add(new(signing, SecurityAlgorithms.RsaSha256));
        options.EncryptionCredentials.Add(
            new(new SymmetricSecurityKey(_keys.Encryption), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)
        );
    }

    private static byte[] NewSigningKey()
    {
        using var rsa = RSA.Create(KeySize);
        return rsa.ExportPkcs8PrivateKey();
    }

    private sealed class KeyRow : IEntityTypeConfiguration<KeyRow>
    {
        public int Id { get; init; }

        public byte[] Signing { get; init; } = [];

        public byte[] Encryption { get; init; } = [];

        public void Configure(EntityTypeBuilder<KeyRow> builder) => builder.ToTable("IdentityKeys");
    }
}
