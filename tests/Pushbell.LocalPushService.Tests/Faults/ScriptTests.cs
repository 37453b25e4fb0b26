using System.Net;
using System.Text;
using Pushbell.LocalPushService.Faults;

namespace Pushbell.LocalPushService.Tests.Faults;

/// <summary>Scripted statuses, in process and over HTTP.</summary>
public sealed class ScriptTests : LocalPushTest
{
    [Fact]
    public async Task Script_Answers_AreGivenInOrderThenOrdinaryOnes()
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(
            new ScriptedAnswer { Status = 503, RetryAfter = "garbage" },
            new ScriptedAnswer(),
            new ScriptedAnswer
            {
                Status = 400,
                Body = """{"reason":"BadTtl"}""",
                Headers = new Dictionary<string, string> { ["apns-id"] = "7" },
            });

        using var unavailable = await Http.SendAsync(Sender.Push(subscription, "1"));
        using var ordinary = await Http.SendAsync(Sender.Push(subscription, "2"));
        using var refused = await Http.SendAsync(Sender.Push(subscription, "3"));
        using var after = await Http.SendAsync(Sender.Push(subscription, "4"));

        unavailable.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        unavailable.Headers.GetValues("Retry-After").ShouldBe(["garbage"]);
        unavailable.Headers.Location.ShouldBeNull();
        ordinary.StatusCode.ShouldBe(HttpStatusCode.Created);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Headers.GetValues("apns-id").ShouldBe(["7"]);
        (await refused.Content.ReadAsStringAsync()).ShouldBe("""{"reason":"BadTtl"}""");
        after.StatusCode.ShouldBe(HttpStatusCode.Created);
        subscription.Messages.Select(message => message.Text).ShouldBe(["2", "4"]);
    }

    [Fact]
    public async Task Script_LastRepeats_IsGivenForEver()
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(new ScriptedAnswer { Status = 500 }, new ScriptedAnswer { Status = 410, Repeat = true });

        (await StatusesAsync(subscription.Endpoint, 4)).ShouldBe([500, 410, 410, 410]);
    }

    [Fact]
    public async Task Script_Replaced_ForgetsTheRest()
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(new ScriptedAnswer { Status = 500, Repeat = true });
        subscription.Script();

        (await StatusesAsync(subscription.Endpoint, 1)).ShouldBe([201]);
    }

    [Fact]
    public async Task Script_InvalidRequest_UsesUpNoAnswer()
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(new ScriptedAnswer { Status = 429 });
        using var invalid = Sender.Push(subscription, "x");
        invalid.Headers.Remove("TTL");

        using var refused = await Http.SendAsync(invalid);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StatusesAsync(subscription.Endpoint, 2)).ShouldBe([429, 201]);
    }

    [Fact]
    public async Task PutScript_OverHttp_IsTheSame()
    {
        var subscription = Server.CreateSubscription();

        using var put = await PutAsync(
            subscription.Id, """[{"status":429,"retry_after":"5","headers":{"X-Reason":"busy"},"body":"later"},{"status":502,"repeat":true}]""");

        put.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var limited = await Http.SendAsync(Sender.Push(subscription, "x"));
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        limited.Headers.GetValues("X-Reason").ShouldBe(["busy"]);
        (await limited.Content.ReadAsStringAsync()).ShouldBe("later");
        (await StatusesAsync(subscription.Endpoint, 2)).ShouldBe([502, 502]);
    }

    [Theory]
    [InlineData("""[{"status":99}]""")]
    [InlineData("""[{"status":700}]""")]
    [InlineData("""[{"fault":"explode"}]""")]
    [InlineData("""[{"statsu":410}]""")]
    [InlineData("""[{"status":410,"repeat":true},{"status":201}]""")]
    [InlineData("""{"status":410}""")]
    [InlineData("nonsense")]
    public async Task PutScript_Unusable_IsABadRequestAndChangesNothing(string script)
    {
        var subscription = Server.CreateSubscription();
        subscription.Script(new ScriptedAnswer { Status = 418 });

        using var put = await PutAsync(subscription.Id, script);

        put.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await put.Content.ReadAsStringAsync()).ShouldContain("message");
        (await StatusesAsync(subscription.Endpoint, 1)).ShouldBe([418]);
    }

    [Fact]
    public async Task PutScript_UnknownSubscription_IsNotFound()
    {
        using var put = await PutAsync("nobody", "[]");

        put.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpResponseMessage> PutAsync(string id, string script)
    {
        using var body = new StringContent(script, Encoding.UTF8, "application/json");
        return await Http.PutAsync($"subscriptions/{id}/script", body);
    }

    private async Task<int[]> StatusesAsync(string endpoint, int count)
    {
        var statuses = new int[count];
        for (var index = 0; index < count; index++)
        {
            using var answer = await Http.SendAsync(Sender.Push(new Uri(endpoint), []));
            statuses[index] = (int)answer.StatusCode;
        }

        return statuses;
    }
}
