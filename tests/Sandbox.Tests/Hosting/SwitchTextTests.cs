using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Hosting;

/// <summary>Every switch says in both languages what it does, under a heading the page has.</summary>
public sealed class SwitchTextTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task Every_switch_has_its_text_in_both_languages_and_a_heading()
    {
        var switches = (await sandbox.Http.GetFromJsonAsync<JsonObject>("/sandbox/control"))!["switches"]!.AsArray();
        var pages = new[] { await PageAsync("es"), await PageAsync("en") };

        Assert.All(
            switches,
            one =>
            {
                Assert.NotEmpty((string)one!["description"]!);
                Assert.NotEmpty((string)one["descriptionEs"]!);
                Assert.NotEqual((string)one["description"]!, (string)one["descriptionEs"]!);
                Assert.All(pages, page => Assert.Contains($"\"group.{one["group"]}\"", page, StringComparison.Ordinal));
                Assert.All(pages, page => Assert.Contains($"\"switch.{one["system"]}.{one["name"]}\"", page, StringComparison.Ordinal));
            }
        );
        Assert.Equal(switches.Count, switches.Select(s => $"{s!["system"]}/{s["name"]}").Distinct().Count());
    }

    private Task<string> PageAsync(string language) => sandbox.Http.GetStringAsync($"/sandbox/admin?lang={language}");
}
