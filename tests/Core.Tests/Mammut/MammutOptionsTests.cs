using Core.Mammut;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Core.Tests.Mammut;

public sealed class MammutOptionsTests
{
    [Theory]
    [InlineData("BaseUrl", "http://127.0.0.1:5080/sandbox/mammut")]
    [InlineData("BaseUrl", "api.mammut.io")]
    [InlineData("BaseUrl", "https://api.mammut.io?x=1")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("AnswerWait", "00:00:00")]
    [InlineData("PollInterval", "-00:00:01")]
    [InlineData("GraceWindow", "-00:00:01")]
    [InlineData("SinceMargin", "-00:00:01")]
    [InlineData("Channel", " ")]
    [InlineData("WebhookPath", "channels/freshchat")]
    [InlineData("ExtraHeader", "no-colon-secret")]
    [InlineData("ExtraHeader", "Content-Type: secret")]
    [InlineData("ExtraHeader", "Bad Name: secret")]
    public void A_wrong_setting_is_named_by_its_key_and_no_secret_is_shown(string key, string value)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.StartsWith($"Mammut:{key} ", Assert.Single(fault.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_has_its_own_message() =>
        Assert.Equal(2, Assert.Throws<OptionsValidationException>(() => Read(("Channel", ""), ("AnswerWait", "00:00:00"))).Failures.Count());

    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        var options = Read();

        Assert.Equal("https://api.mammut.io", options.BaseUrl);
        Assert.Equal(MammutMode.Rooms, options.Mode);
        Assert.Equal(TimeSpan.FromSeconds(15), options.AnswerWait);
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.PollInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), options.GraceWindow);
        Assert.Equal(TimeSpan.FromMinutes(2), options.SinceMargin);
        Assert.Equal("/channels/freshchat/", options.WebhookPath);
    }

    [Fact]
    public void Http_to_loopback_is_allowed_with_the_sandbox() =>
        Assert.Equal("http://127.0.0.1:5080/m", Read(("BaseUrl", "http://127.0.0.1:5080/m"), ("../Sandbox:Enabled", "true")).BaseUrl);

    private static MammutOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(
            setting.Key.StartsWith("../", StringComparison.Ordinal) ? setting.Key[3..] : $"Mammut:{setting.Key}", setting.Value)));
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration.Build()).AddMammut().BuildServiceProvider();
        return services.GetRequiredService<IOptions<MammutOptions>>().Value;
    }
}
