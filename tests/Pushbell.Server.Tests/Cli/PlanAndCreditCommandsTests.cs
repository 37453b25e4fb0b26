using System.Text.Json;

namespace Pushbell.Server.Tests.Cli;

public sealed class PlanAndCreditCommandsTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    private Terminal Terminal => installation.Terminal;

    [Theory]
    [InlineData("starter", 100, 1_000)]
    [InlineData("professional", 1_000, 10_000)]
    [InlineData("scale", 10_000, 100_000)]
    [InlineData("unlimited", null, null)]
    [InlineData("custom", 42, null, "--hourly", "42")]
    [InlineData("custom", null, 420, "--daily", "420")]
    [InlineData("custom", 42, 420, "--hourly", "42", "--daily", "420")]
    public async Task PlanSet_ToEachPlan_HasItsLimits(string plan, int? hourly, int? daily, params string[] limits)
    {
        var organization = await installation.AddOrganizationAsync("Ada");
        await Terminal.JsonAsync("plan", "set", "custom", "--hourly", "1", "--daily", "1");

        var changed = await Terminal.JsonAsync(["plan", "set", plan, .. limits]);

        changed.ShouldBe(
            ("organization_id", organization),
            ("name", "Ada"),
            ("plan", plan),
            ("hourly_limit", hourly),
            ("daily_limit", daily),
            ("credits", null),
            ("created_at", TemporaryInstallation.Now)
        );
    }

    [Theory]
    [InlineData("'professional'", "golden")]
    [InlineData("needs --hourly", "custom")]
    [InlineData("only", "starter", "--daily", "5")]
    [InlineData("'0'", "custom", "--hourly", "0")]
    [InlineData("'lots'", "custom", "--daily", "lots")]
    public async Task PlanSet_ToWhatCannotBe_IsAUsageError(string sentence, params string[] arguments)
    {
        await installation.AddOrganizationAsync("Ada");

        (await Terminal.RunAsync(["plan", "set", .. arguments])).ShouldFail(2, sentence);
    }

    [Fact]
    public async Task CreditsStatement_WithoutMetering_SaysSo()
    {
        var organization = await installation.AddOrganizationAsync("Ada");

        (await Terminal.JsonAsync("credits", "statement")).ShouldBe(
            ("organization_id", organization),
            ("available", null),
            ("held", 0),
            ("spent", 0),
            ("topped_up", 0),
            ("movements", Array.Empty<string>())
        );
        (await Terminal.RunAsync("credits", "statement")).Output.ShouldContain("Not metered");
    }

    [Fact]
    public async Task CreditsAdd_Twice_IsListedNewestFirst()
    {
        var organization = await installation.AddOrganizationAsync("Ada");
        await Terminal.JsonAsync("credits", "add", "100", "--note", "invoice 17");
        installation.Clock.Advance(TimeSpan.FromMinutes(1));

        var added = await Terminal.JsonAsync("credits", "add", "20");
        var statement = await Terminal.JsonAsync("credits", "statement");

        added.GetProperty("available").GetInt64().ShouldBe(120);
        added.GetProperty("movements").GetArrayLength().ShouldBe(1);
        Balances(statement).ShouldBe((120, 0, 0, 120));
        statement.Text("organization_id").ShouldBe(organization);
        var movements = statement.GetProperty("movements");
        movements.GetArrayLength().ShouldBe(2);
        movements[0].ShouldBe(
            ("kind", "top-up"),
            ("amount", 20),
            ("available_after", 120),
            ("held_after", 0),
            ("request_id", null),
            ("note", null),
            ("created_at", "2026-01-15T14:31:00Z")
        );
        movements[1].Text("note").ShouldBe("invoice 17");
        movements[1].GetProperty("available_after").GetInt64().ShouldBe(100);
    }

    [Fact]
    public async Task CreditsStatement_WithALimit_CutsTheListAndNotTheTotals()
    {
        await installation.AddOrganizationAsync("Ada");
        for (var amount = 1; amount <= 3; amount++)
        {
            await Terminal.JsonAsync("credits", "add", amount.ToString());
            installation.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var statement = await Terminal.JsonAsync("credits", "statement", "--limit", "2");
        var text = (await Terminal.RunAsync("credits", "statement")).Output;

        statement.GetProperty("movements").EnumerateArray().Select(movement => movement.GetProperty("amount").GetInt32()).ShouldBe([3, 2]);
        Balances(statement).ShouldBe((6, 0, 0, 6));
        text.ShouldEndWith("6 available + 0 held + 0 spent = 6 topped up" + Environment.NewLine);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("1000000000001")]
    [InlineData("some")]
    public async Task CreditsAdd_OfNoAmount_IsAUsageError(string amount)
    {
        await installation.AddOrganizationAsync("Ada");

        (await Terminal.RunAsync("credits", "add", amount)).ExitCode.ShouldBe(2);
        (await Terminal.JsonAsync("credits", "statement")).GetProperty("available").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    private static (long Available, long Held, long Spent, long ToppedUp) Balances(JsonElement statement) =>
        (
            statement.GetProperty("available").GetInt64(),
            statement.GetProperty("held").GetInt64(),
            statement.GetProperty("spent").GetInt64(),
            statement.GetProperty("topped_up").GetInt64()
        );
}
