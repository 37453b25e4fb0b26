using System.Text.Json;

namespace Pushbell.Server.Tests.Cli;

public sealed class KeyCommandsTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    private Terminal Terminal => installation.Terminal;

    [Theory]
    [InlineData("secret", "sk_")]
    [InlineData("api", "psk_")]
    [InlineData("publishable", "pk_")]
    [InlineData("restricted", "rk_", "--scope", "clients", "--scope", "send", "--scope", "clients")]
    public async Task Create_OfEachKind_ShowsTheKey(string kind, string prefix, params string[] options)
    {
        var organization = await installation.AddOrganizationAsync("Ada");
        var service = await installation.AddServiceAsync(organization, "shop");

        var created = await Terminal.JsonAsync(["key", "create", "--kind", kind, "--name", "nightly job", .. options]);

        var text = created.Text("key");
        text.ShouldMatch($"^{prefix}[0-9A-Za-z]{{30}}$");
        created.Text("key_id").ShouldMatch("^key_[0-9a-z]{13}$");
        created.ShouldBe(
            ("key_id", created.Text("key_id")),
            ("organization_id", organization),
            ("service_id", service),
            ("kind", kind),
            ("name", "nightly job"),
            ("hint", text[^4..]),
            ("scopes", options.Length == 0 ? Array.Empty<string>() : ["send", "clients"]),
            ("service_to_service", false),
            ("created_at", TemporaryInstallation.Now),
            ("last_used_at", null),
            ("revoked_at", null),
            ("key", text)
        );
    }

    [Fact]
    public async Task Create_ForPeople_ShowsTheKeyOnceAndHowToUseIt()
    {
        await AddServiceAsync();

        var created = await Terminal.RunAsync("key", "create", "--kind", "api", "--service-to-service");
        var listed = await Terminal.RunAsync("key", "list");

        created.Output.ShouldContain("shown this once");
        created.Output.ShouldContain("X-Api-Key");
        var text = created.Output.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("psk_", StringComparison.Ordinal));
        listed.Output.ShouldContain(text[^4..]);
        listed.Output.ShouldContain("service-to-service");
        listed.Output.ShouldNotContain(text);
        (await installation.Storage.ReadDiskAsync()).Contains(text, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Theory]
    [InlineData("at least one --scope", "--kind", "restricted")]
    [InlineData("no other key", "--kind", "secret", "--scope", "send")]
    [InlineData("'send'", "--kind", "restricted", "--scope", "everything")]
    [InlineData("'publishable'", "--kind", "golden")]
    [InlineData("cannot send", "--kind", "publishable", "--service-to-service")]
    public async Task Create_OfWhatCannotBe_IsAUsageError(string sentence, params string[] options)
    {
        await AddServiceAsync();

        (await Terminal.RunAsync(["key", "create", .. options])).ShouldFail(2, sentence);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_WithSeveralServices_ListsThem()
    {
        var organization = await installation.AddOrganizationAsync("Ada");
        var first = await installation.AddServiceAsync(organization, "one");
        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await installation.AddServiceAsync(organization, "two");

        var ended = await Terminal.RunAsync("key", "create", "--kind", "secret");

        ended.ShouldFail(1, "--service");
        ended.Error.ShouldContain($"{first} (one), {second} (two)");
        (await Terminal.JsonAsync("key", "create", "--kind", "secret", "--service", "two")).Text("service_id").ShouldBe(second);
    }

    [Fact]
    public async Task List_OfSeveral_ShowsNoTextAndTheOldestFirst()
    {
        await AddServiceAsync();
        var secret = await Terminal.JsonAsync("key", "create", "--kind", "secret");
        installation.Clock.Advance(TimeSpan.FromMinutes(1));
        var restricted = await Terminal.JsonAsync("key", "create", "--kind", "restricted", "--scope", "read");

        var keys = await ListAsync();

        keys.Select(key => key.Text("key_id")).ShouldBe([secret.Text("key_id"), restricted.Text("key_id")]);
        keys[1]
            .ShouldBe(
                ("key_id", restricted.Text("key_id")),
                ("organization_id", restricted.Text("organization_id")),
                ("service_id", restricted.Text("service_id")),
                ("kind", "restricted"),
                ("name", "command line"),
                ("hint", restricted.Text("hint")),
                ("scopes", new[] { "read" }),
                ("service_to_service", false),
                ("created_at", "2026-01-15T14:31:00Z"),
                ("last_used_at", null),
                ("revoked_at", null)
            );
    }

    [Fact]
    public async Task Revoke_Twice_KeepsTheFirstMoment()
    {
        await AddServiceAsync();
        var kept = (await Terminal.JsonAsync("key", "create", "--kind", "secret")).Text("key_id");
        var key = (await Terminal.JsonAsync("key", "create", "--kind", "secret")).Text("key_id");

        var first = await Terminal.JsonAsync("key", "revoke", key);
        installation.Clock.Advance(TimeSpan.FromHours(1));
        var again = await Terminal.JsonAsync("key", "revoke", key);

        first.Text("revoked_at").ShouldBe(TemporaryInstallation.Now);
        again.Text("revoked_at").ShouldBe(TemporaryInstallation.Now);
        (await ListAsync()).Single(listed => listed.Text("key_id") == kept).GetProperty("revoked_at").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("key_0000000000000")]
    [InlineData("key_zzzzzzzzzzzzz")]
    [InlineData("sk_whatever")]
    public async Task Revoke_OfAnUnknownKey_Fails(string key)
    {
        await AddServiceAsync();

        (await Terminal.RunAsync("key", "revoke", key)).ShouldFail(1, $"no key '{key}'");
    }

    [Fact]
    public async Task Revoke_OfAnotherOrganizationsKey_FindsNone()
    {
        await AddServiceAsync();
        var key = (await Terminal.JsonAsync("key", "create", "--kind", "secret")).Text("key_id");
        var other = await installation.AddOrganizationAsync("Bob");

        (await Terminal.RunAsync("key", "revoke", key, "--organization", other)).ShouldFail(1, $"Bob has no key '{key}'");
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    private async Task AddServiceAsync() => await installation.AddServiceAsync(await installation.AddOrganizationAsync("Ada"), "shop");

    private async Task<IReadOnlyList<JsonElement>> ListAsync() => [.. (await Terminal.JsonAsync("key", "list")).GetProperty("keys").EnumerateArray()];
}
