using System.Net;
using Core.Freshchat;
using Core.Outcomes;
using Core.Tests.Freshchat;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Outcomes;

/// <summary>An admin's word is not enough to make the portal ask its own network.</summary>
public sealed class ReachableAddressesTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void Only_machines_on_the_internet_are_asked(string address, bool asked)
    {
        var machine = IPAddress.Parse(address);

        Assert.Equal(asked, new ReachableAddresses(new()).Includes(machine));
        Assert.True(new ReachableAddresses(new() { AllowPrivate = true }).Includes(machine));
        Assert.Equal(asked || IPAddress.IsLoopback(machine), new ReachableAddresses(new() { AllowHttpLoopback = true }).Includes(machine));
    }

    [Theory]
    [InlineData("false", "host_private")]
    [InlineData("true", "secure_connection_failed")]
    public async Task A_Chat_URL_on_this_machine_is_refused_before_anything_is_sent(string allowed, string code)
    {
        await using var side = await FarSide.Start(_ => new Reply(200, "{}"));
        await using var clients = new Clients(side, null, ("Outbound:AllowHttpLoopback", "false"), ("Outbound:AllowPrivate", allowed), ("Mammut:BaseUrl", "https://api.example.test"));
        var account = clients.Account with { ChatUrl = clients.Account.ChatUrl.Replace("http://", "https://", StringComparison.Ordinal) };

        var channels = await clients.Freshchat.ListChannels(account, CancellationToken.None);

        Assert.Equal(code, channels.Failure?.Code);
        Assert.Empty(side.Requests);
    }
}
