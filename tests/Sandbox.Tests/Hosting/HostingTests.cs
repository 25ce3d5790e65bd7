using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Sandbox.Tests.Hosting;

public sealed class HostingTests
{
    public static TheoryData<bool> Forms => [true, false];

    [Theory, MemberData(nameof(Forms))]
    public async Task Every_system_answers_in_either_form(bool mounted)
    {
        await using var sandbox = await StartAsync(mounted);

        foreach (var address in new[] { "control", "identity/.well-known/openid-configuration", "mammut/app:mammut-1/graph/user:4120" })
        {
            using var response = await sandbox.Http.GetAsync($"/sandbox/{address}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_name_that_is_not_this_machine_finds_nothing(bool mounted)
    {
        await using var sandbox = await StartAsync(mounted);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(sandbox, "evil.example.test"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(sandbox, "127.0.0.1.evil.example.test"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(sandbox, "localhost"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(sandbox, "[::1]:5090"));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task State_survives_a_restart_and_ends_with_a_reset(bool mounted)
    {
        await using var sandbox = await StartAsync(mounted);
        await sandbox.TurnAsync("mammut/silence", true);

        await sandbox.RestartAsync();
        Assert.True((await SilenceAsync(sandbox)).GetValue<bool>());

        using var reset = await sandbox.Http.PostAsync("/sandbox/control/reset", null);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.False((await SilenceAsync(sandbox)).GetValue<bool>());
    }

    [Fact]
    public async Task A_file_of_another_model_is_replaced()
    {
        await using var sandbox = await StartAsync(mounted: false);
        await sandbox.TurnAsync("mammut/silence", true);
        await using (var file = new SqliteConnection($"Data Source={sandbox.StateFile};Pooling=False"))
        {
            await file.OpenAsync();
            await using var command = file.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1; DROP TABLE MammutThoughts;";
            await command.ExecuteNonQueryAsync();
        }

        await sandbox.RestartAsync();

        Assert.False((await SilenceAsync(sandbox)).GetValue<bool>());
    }

    [Fact]
    public async Task The_mounted_form_leaves_the_host_its_own_pages()
    {
        await using var sandbox = await StartAsync(mounted: true);

        Assert.Equal("The host's own page", await sandbox.Http.GetStringAsync("/"));
    }

    private static Task<RunningSandbox> StartAsync(bool mounted) => RunningSandbox.StartAsync(mounted ? TimeProvider.System : null);

    private static async Task<HttpStatusCode> StatusAsync(RunningSandbox sandbox, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/control") { Headers = { Host = host } };
        using var response = await sandbox.Http.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<JsonNode> SilenceAsync(RunningSandbox sandbox)
    {
        var control = await sandbox.Http.GetFromJsonAsync<JsonObject>("/sandbox/control");
        return control!["switches"]!.AsArray().Single(s => (string?)s!["name"] == "silence" && (string?)s["system"] == "mammut")!["value"]!;
    }
}
