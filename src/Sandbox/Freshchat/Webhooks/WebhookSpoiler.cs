using System.Security.Cryptography;
using System.Text;
using Sandbox.Control;
using Sandbox.Freshchat.Account;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>Spoils webhooks before their first attempt, as the switches say; every repeat is spoiled the same way (freshchat.md 14.3).</summary>
internal sealed class WebhookSpoiler(SwitchBoard switches, KnownAccount account)
{
    /// <summary>An account that is not the sandbox's.</summary>
    public const string ForeignAppId = "0f0e1a2b-1111-4222-8333-444455556666";

    /// <summary>Changes bytes or signature when it is this webhook's turn.</summary>
    public async Task SpoilAsync(WebhookDelivery delivery, CancellationToken cancel)
    {
        if (await switches.TakeAsync(WebhookSwitches.ForeignAccount, cancel))
        {
            var known = await account.ReadAsync(cancel);
            var body = Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(delivery.Body).Replace(known.AppId, ForeignAppId, StringComparison.Ordinal)
            );
            delivery.Replace(body, known.Sign(body));
        }
        if (await switches.TakeAsync(WebhookSwitches.BadSignature, cancel))
            Forge(delivery);
    }

    private void Forge(WebhookDelivery delivery)
    {
        switch (switches.Get(WebhookSwitches.BadSignatureKind))
        {
            case SignatureFault.WrongKey:
                using (var key = RSA.Create(2048))
                    delivery.Replace(
                        delivery.Body,
                        Convert.ToBase64String(key.SignData(delivery.Body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                    );
                break;
            case SignatureFault.WrongBody:
                delivery.Replace([.. delivery.Body, (byte)' '], delivery.Signature);
                break;
            case SignatureFault.HeaderMissing:
                delivery.Replace(delivery.Body, "");
                break;
            default:
                delivery.Replace(delivery.Body, $"not*base64*{delivery.Signature}");
                break;
        }
    }
}
