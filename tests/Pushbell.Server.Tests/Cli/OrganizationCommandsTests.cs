namespace Pushbell.Server.Tests.Cli;

public sealed class OrganizationCommandsTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    private Terminal Terminal => installation.Terminal;

    [Fact]
    public async Task Create_WithANameOnly_IsUnlimitedAndNotMetered()
    {
        var created = await Terminal.JsonAsync("organization", "create", "--name", "Ada & Co");

        created.Text("organization_id").ShouldMatch("^org_[0-9a-z]{13}$");
        created.ShouldBe(
            ("organization_id", created.Text("organization_id")),
            ("name", "Ada & Co"),
            ("plan", "unlimited"),
            ("hourly_limit", null),
            ("daily_limit", null),
            ("credits", null),
            ("created_at", TemporaryInstallation.Now)
        );
    }

    [Fact]
    public async Task Create_WithPlanAndCredits_HasThem()
    {
        var created = await Terminal.JsonAsync("organization", "create", "--name", "Ada", "--plan", "Starter", "--credits", "0");

        created.Text("plan").ShouldBe("starter");
        created.GetProperty("hourly_limit").GetInt32().ShouldBe(100);
        created.GetProperty("daily_limit").GetInt32().ShouldBe(1_000);
        created.GetProperty("credits").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Create_OnACustomPlan_HasItsLimits()
    {
        var created = await Terminal.JsonAsync("organization", "create", "--name", "Ada", "--plan", "custom", "--hourly", "7", "--daily", "70");

        created.Text("plan").ShouldBe("custom");
        created.GetProperty("hourly_limit").GetInt32().ShouldBe(7);
        created.GetProperty("daily_limit").GetInt32().ShouldBe(70);
    }

    [Theory]
    [InlineData("--name")]
    [InlineData("--name", " ")]
    [InlineData("--name", "Ada", "--plan", "golden")]
    [InlineData("--name", "Ada", "--plan", "custom")]
    [InlineData("--name", "Ada", "--hourly", "5")]
    [InlineData("--name", "Ada", "--credits", "-1")]
    [InlineData("--name", "Ada", "--credits", "many")]
    public async Task Create_WithWrongValues_IsAUsageError(params string[] options)
    {
        (await Terminal.RunAsync(["organization", "create", .. options])).ExitCode.ShouldBe(2);
        (await Terminal.JsonAsync("organization", "list")).GetProperty("organizations").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task List_OfSeveral_IsInOrderOfCreation()
    {
        await installation.AddOrganizationAsync("First");
        installation.Clock.Advance(TimeSpan.FromSeconds(1));
        await installation.AddOrganizationAsync("Second");

        var listed = await Terminal.JsonAsync("organization", "list");

        listed.EnumerateObject().Select(field => field.Name).ShouldBe(["organizations"]);
        listed.GetProperty("organizations").EnumerateArray().Select(one => one.Text("name")).ShouldBe(["First", "Second"]);
        listed.GetProperty("organizations")[1].Text("created_at").ShouldBe("2026-01-15T14:30:01Z");
    }

    [Fact]
    public async Task List_ForPeople_IsATable()
    {
        var id = await installation.AddOrganizationAsync("Ada");

        var lines = (await Terminal.RunAsync("organization", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("ORGANIZATION ");
        lines[1].ShouldBe($"{id}  Ada   unlimited  unlimited  unlimited  not metered  2026-01-15 14:30:00Z");
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();
}
