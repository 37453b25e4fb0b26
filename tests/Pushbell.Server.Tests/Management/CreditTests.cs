using System.Text.Json;

namespace Pushbell.Server.Tests.Management;

public sealed class CreditTests
{
    [Fact]
    public async Task TopUp_OfWhoWasNotMetered_IsMeteredFromThen()
    {
        await using var service = await ManagedService.StartAsync();
        var ann = await service.Server.RegisterAsync();
        (await service.Owner.GetAsync(service.Organization + "/credits")).Body.ShouldBe("""{"available":null,"held":0,"spent":0,"topped_up":0}""");

        var topped = await service.Owner.PostAsync(service.Organization + "/credits/top-ups", new { amount = 2, note = "invoice 17" });
        await service.EndedAsync(await service.SendAsync([ann]));

        (topped.Status, topped.Body).ShouldBe((201, """{"available":2,"held":0,"spent":0,"topped_up":2}"""));
        (await service.Owner.GetAsync(service.Organization + "/credits")).Body.ShouldBe("""{"available":1,"held":0,"spent":1,"topped_up":2}""");
        (await service.AuditedAsync("credits.top-up")).ShouldBe([(service.Organization.Split('/')[^1], "2: invoice 17")]);
    }

    [Fact]
    public async Task Statement_PageByPage_IsTheFileLineByLine()
    {
        await using var service = await ManagedService.StartAsync();
        string[] notes = ["=HYPERLINK(\"https://evil.example\")", " +1", "@SUM(A1)", "-1", "plain, with a comma", "quoted \"text\""];
        foreach (var note in notes)
        {
            await service.Owner.PostAsync(service.Organization + "/credits/top-ups", new { amount = 5, note });
        }

        var ann = await service.Server.RegisterAsync();
        var request = await service.SendAsync([ann]);
        await service.EndedAsync(request);

        var first = (await service.Owner.GetAsync(service.Organization + "/credits/statement?limit=3")).Json;
        var rest = (await service.Owner.GetAsync($"{service.Organization}/credits/statement?after={first.GetProperty("next").GetString()}")).Json;
        var file = await service.Owner.GetAsync(service.Organization + "/credits/statement.csv");

        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        var movements = first.GetProperty("movements").EnumerateArray().Concat(rest.GetProperty("movements").EnumerateArray()).ToArray();
        movements.Select(movement => movement.GetProperty("kind").GetString()).ShouldBe(["spend", "hold", .. notes.Select(_ => "top-up")]);
        movements[0].GetProperty("request_id").GetString().ShouldBe(request);
        movements[2].GetProperty("note").GetString().ShouldBe(notes[^1]);
        var lines = file.Body.Split("\r\n");
        lines[0].ShouldBe("at,kind,amount,available_after,held_after,request_id,note");
        lines[1].ShouldEndWith($",spend,1,29,0,{request},");
        lines[^1].ShouldBeEmpty();
        lines[3..^1]
            .Select(line => line[(line.IndexOf("0,,", StringComparison.Ordinal) + 3)..])
            .ShouldBe(["\"quoted \"\"text\"\"\"", "\"plain, with a comma\"", "\"'-1\"", "\"'@SUM(A1)\"", "\"' +1\"", "\"'=HYPERLINK(\"\"https://evil.example\"\")\""]);
    }
}
