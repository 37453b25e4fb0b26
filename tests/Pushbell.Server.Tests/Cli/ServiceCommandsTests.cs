using System.Text.Json;

namespace Pushbell.Server.Tests.Cli;

public sealed class ServiceCommandsTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    private Terminal Terminal => installation.Terminal;

    [Fact]
    public async Task Create_WithEverything_ShowsIt()
    {
        var organization = await installation.AddOrganizationAsync("Ada");

        var created = await Terminal.JsonAsync(
            ["service", "create", "--identifier", "web-shop", "--name", "The Shop", "--contact", "push@ada.dev", .. Origins("https://b.ada.dev", "https://a.ada.dev")]
        );

        created.Text("service_id").ShouldMatch("^svc_[0-9a-z]{13}$");
        created.Text("vapid_public_key").Length.ShouldBe(87);
        created.ShouldBe(
            ("service_id", created.Text("service_id")),
            ("organization_id", organization),
            ("identifier", "web-shop"),
            ("name", "The Shop"),
            ("contact_email", "push@ada.dev"),
            ("origins", new[] { "https://a.ada.dev", "https://b.ada.dev" }),
            ("is_active", true),
            ("notifications_enabled", true),
            ("identity", "off"),
            ("vapid_public_key", created.Text("vapid_public_key")),
            ("active_registrations", 0),
            ("theme_color", "#1f4fd8"),
            ("background_color", "#ffffff"),
            ("click_links", false)
        );
    }

    [Fact]
    public async Task Create_WithAnIdentifierOnly_NamesItAfterThat()
    {
        await installation.AddOrganizationAsync("Ada");

        var ended = await Terminal.RunAsync("service", "create", "--identifier", "web-shop");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("Web Shop");
        ended.Output.ShouldContain("push@example.com (a placeholder");
    }

    [Fact]
    public async Task Create_WithATakenIdentifier_IsRefusedInEveryOrganization()
    {
        await installation.AddServiceAsync(await installation.AddOrganizationAsync("Ada"), "shop");
        var other = await installation.AddOrganizationAsync("Bob");

        var ended = await Terminal.RunAsync("service", "create", "--organization", other, "--identifier", "shop");

        ended.ShouldFail(1, "'shop' is taken");
        (await ListAsync(other)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--identifier", "Web Shop")]
    [InlineData("--identifier", "shop", "--origin", "https://ada.dev/")]
    [InlineData("--identifier", "shop", "--origin", "ada.dev")]
    [InlineData("--identifier", "shop", "--contact", "ada@localhost")]
    [InlineData("--identifier", "shop", "--name", "")]
    public async Task Create_WithWrongValues_IsAUsageErrorThatQuotesThem(params string[] options)
    {
        await installation.AddOrganizationAsync("Ada");

        (await Terminal.RunAsync(["service", "create", .. options])).ShouldFail(2, $"{options[^2]}: '{options[^1]}'");
    }

    [Fact]
    public async Task Create_WithoutAnyOrganization_SaysHowToMakeOne() =>
        (await Terminal.RunAsync("service", "create", "--identifier", "shop")).ShouldFail(1, "pushbell organization create --name");

    [Fact]
    public async Task Create_WithSeveralOrganizations_ListsThem()
    {
        var ada = await installation.AddOrganizationAsync("Ada");
        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        var bob = await installation.AddOrganizationAsync("Bob");

        var ended = await Terminal.RunAsync("service", "create", "--identifier", "shop");

        ended.ShouldFail(1, "--organization");
        ended.Error.ShouldContain($"{ada} (Ada), {bob} (Bob)");
    }

    [Fact]
    public async Task Set_OfNameContactAndState_ChangesOnlyThem()
    {
        var service = await installation.AddServiceAsync(await installation.AddOrganizationAsync("Ada"), "shop");
        await Terminal.JsonAsync(["service", "set", .. Origins("https://ada.dev")]);

        var changed = await Terminal.JsonAsync("service", "set", "--service", service, "--name", "Café", "--contact", "push@ada.dev", "--off");
        var renamed = await Terminal.JsonAsync("service", "set", "--service", "shop", "--name", "Bar");

        changed.Text("name").ShouldBe("Café");
        changed.Text("contact_email").ShouldBe("push@ada.dev");
        changed.GetProperty("is_active").GetBoolean().ShouldBeFalse();
        OriginsOf(changed).ShouldBe(["https://ada.dev"]);
        renamed.Text("contact_email").ShouldBe("push@ada.dev");
        renamed.GetProperty("is_active").GetBoolean().ShouldBeFalse();
        (await Terminal.JsonAsync("service", "set", "--on")).GetProperty("is_active").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Set_OfIdentity_ShowsTheModeAndNeverTheSecret()
    {
        const string Secret = "0123456789abcdef0123456789abcdef";
        await installation.AddServiceAsync(await installation.AddOrganizationAsync("Ada"), "shop");

        var changed = await Terminal.JsonAsync("service", "set", "--identity", "required", "--identity-secret", Secret);

        changed.Text("identity").ShouldBe("required");
        changed.ToString().ShouldNotContain(Secret);
        (await Terminal.JsonAsync("service", "set", "--identity", "off")).Text("identity").ShouldBe("off");
    }

    [Fact]
    public async Task Set_OfOrigins_ReplacesAddsAndRemoves()
    {
        await installation.AddServiceAsync(await installation.AddOrganizationAsync("Ada"), "shop");
        await Terminal.JsonAsync(["service", "set", .. Origins("https://old.dev")]);

        var replaced = await Terminal.JsonAsync(["service", "set", .. Origins("https://a.dev", "https://b.dev", "https://a.dev")]);
        var changed = await Terminal.JsonAsync(
            ["service", "set", "--add-origin", "https://c.dev", "--add-origin", "https://b.dev", "--remove-origin", "https://a.dev"]
        );

        OriginsOf(replaced).ShouldBe(["https://a.dev", "https://b.dev"]);
        OriginsOf(changed).ShouldBe(["https://b.dev", "https://c.dev"]);
    }

    [Theory]
    [InlineData("Nothing to change")]
    [InlineData("exclude each other", "--on", "--off")]
    [InlineData("at least 32 characters", "--identity", "required", "--identity-secret", "short")]
    [InlineData("no PEM file", "--identity", "required", "--identity-public-key", "nowhere.pem")]
    [InlineData("needs --identity", "--identity-secret", "0123456789abcdef0123456789abcdef", "--on")]
    [InlineData("replaces the whole list", "--origin", "https://a.dev", "--add-origin", "https://b.dev")]
    public async Task Set_OfWhatContradictsItself_IsAUsageError(string sentence, params string[] options) =>
        (await Terminal.RunAsync(["service", "set", .. options])).ShouldFail(2, sentence);

    [Fact]
    public async Task Set_OfAnotherOrganizationsService_FindsNone()
    {
        var (ada, bob) = (await installation.AddOrganizationAsync("Ada"), await installation.AddOrganizationAsync("Bob"));
        await installation.AddServiceAsync(ada, "ours");
        var theirs = await installation.AddServiceAsync(bob, "theirs");

        (await Terminal.RunAsync("service", "set", "--organization", ada, "--service", theirs, "--off")).ShouldFail(1, $"no service '{theirs}'");
        (await Terminal.RunAsync("service", "set", "--organization", ada, "--service", "theirs", "--off")).ShouldFail(1, "(ours)");
        (await ListAsync(bob)).Single().GetProperty("is_active").GetBoolean().ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    private static IEnumerable<string> Origins(params string[] origins) => origins.SelectMany(origin => new[] { "--origin", origin });

    private static IEnumerable<string?> OriginsOf(JsonElement service) =>
        service.GetProperty("origins").EnumerateArray().Select(origin => origin.GetString());

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string organization) =>
        [.. (await Terminal.JsonAsync("service", "list", "--organization", organization)).GetProperty("services").EnumerateArray()];
}
