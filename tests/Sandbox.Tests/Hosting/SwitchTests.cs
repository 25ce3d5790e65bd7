using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Hosting;

public sealed class SwitchTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task Switches_are_listed_with_value_default_and_kind()
    {
        var control = await sandbox.Http.GetFromJsonAsync<JsonObject>("/sandbox/control");

        var delay = control!["switches"]!.AsArray().Single(s => (string?)s!["name"] == "delay")!;
        Assert.Equal("mammut", (string?)delay["system"]);
        Assert.Equal("duration", (string?)delay["kind"]);
        Assert.Equal("00:00:00.1500000", (string?)delay["default"]);
        Assert.NotEmpty((string)delay["description"]!);
    }

    [Fact]
    public async Task A_switch_shows_the_value_it_was_turned_to()
    {
        using var response = await sandbox.Http.PutAsJsonAsync("/sandbox/control/mammut/delay", new { value = "00:00:00.25" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("00:00:00.2500000", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["value"]);
    }

    [Theory]
    [InlineData("mammut/delay", """{ "value": "soon" }""")]
    [InlineData("mammut/silence", """{ "value": 1 }""")]
    [InlineData("mammut/unavailable", """{ "value": 1.5 }""")]
    [InlineData("mammut/unavailable", """{ "value": null }""")]
    [InlineData("mammut/unavailable", """{ }""")]
    [InlineData("mammut/unavailable", """{ "value" """)]
    public async Task A_value_of_another_kind_is_refused(string which, string body)
    {
        using var response = await sandbox.Http.PutAsync(
            $"/sandbox/control/{which}",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_switch_nobody_has_is_not_found()
    {
        using var response = await sandbox.Http.PutAsJsonAsync("/sandbox/control/mammut/colour", new { value = "green" });

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
