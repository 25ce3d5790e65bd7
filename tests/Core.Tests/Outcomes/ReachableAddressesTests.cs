using System.Net;
using System.Net.Sockets;
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
    [InlineData("http://mammut.example.test/v2/", "GET http://mammut.example.test/v2/ HTTP/1.1")]
    [InlineData("https://mammut.example.test/v2/", "CONNECT mammut.example.test:443 HTTP/1.1")]
    public async Task A_proxy_of_the_company_may_be_on_its_own_network(string address, string asked)
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        using var handler = new SocketsHttpHandler
        {
            Proxy = new WebProxy(new Uri($"http://{proxy.LocalEndpoint}")),
            ConnectCallback = new ReachableAddresses(new()).ConnectAsync,
        };
        using var client = new HttpClient(handler);

        using var enough = new CancellationTokenSource();
        var answer = client.GetAsync(new Uri(address), enough.Token);
        using var caller = await proxy.AcceptTcpClientAsync();
        using var reader = new StreamReader(caller.GetStream());
        var line = await reader.ReadLineAsync();
        await enough.CancelAsync();

        Assert.Equal(asked, line);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://localhost:9/")]
    public async Task Without_a_proxy_the_host_itself_is_judged(string address)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = new ReachableAddresses(new()).ConnectAsync };
        using var client = new HttpClient(handler);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(address)));

        Assert.IsType<PrivateAddressException>(refused.InnerException);
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
