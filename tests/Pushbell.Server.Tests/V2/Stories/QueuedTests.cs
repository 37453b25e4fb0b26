using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>"> 100 targets, or `async_mode: true` → 200 `queued` at once (yes, 200). ≤ 100 → delivered in the request".</summary>
public sealed class QueuedTests(QueuedTests.Crowd crowd) : IClassFixture<QueuedTests.Crowd>
{
    private Api Api => new(crowd.Server);

    [Fact]
    public async Task Send_ToAHundred_IsDeliveredInTheRequest() =>
        (await Api.SendAsync(crowd.People.Take(100))).ShouldBe(Answer.Sent(100));

    [Fact]
    public async Task Send_ToAHundredAndOne_IsQueuedAndDelivered()
    {
        var sent = await Api.PostAsync("/send", new { title = "T", body = "people", target_user_ids = Enumerable.Range(0, 101).Select(UserId) });

        sent.ShouldBe(Answer.Queued(101));
        await ShouldReachEverybodyAsync(sent, "people");
    }

    [Fact]
    public async Task Broadcast_ToAHundredAndOne_IsQueuedAndDelivered()
    {
        var sent = await Api.PostAsync("/broadcast", new { title = "T", body = "everybody" });

        sent.ShouldBe(Answer.Queued(101));
        await ShouldReachEverybodyAsync(sent, "everybody");
    }

    [Fact]
    public async Task AsyncMode_ToOne_IsQueuedAndDelivered()
    {
        var ann = crowd.People[0];
        var sent = await Api.SendAsync([ann], ("async_mode", true), ("tag", "async"));

        sent.ShouldBe(Answer.Queued(1));
        (await Api.CompletedAsync(sent.Text("request_id")!)).Number("successful_sends").ShouldBe(1);
        ann.Subscription.Messages.Count(message => message.Text!.Contains("\"tag\":\"async\"")).ShouldBe(1);
    }

    private async Task ShouldReachEverybodyAsync(Reply sent, string body)
    {
        var request = sent.Text("request_id")!;
        var completed = await Api.CompletedAsync(request);
        (completed.Number("total_targets"), completed.Number("successful_sends"), completed.Text("message")).ShouldBe(
            (101, 101, "Notifications sent successfully")
        );
        crowd.People.ShouldAllBe(client => client.Subscription.Messages.Count(message => message.Text!.Contains($"\"body\":\"{body}\"")) == 1);
        var deliveries = (await Api.GetAsync($"/requests/{request}/deliveries?limit=1000&outcome=accepted")).Json.GetProperty("deliveries");
        deliveries.EnumerateArray().Select(entry => entry.GetProperty("registration_id").GetString()).ShouldBe(crowd.People.Select(client => client.Id));
    }

    private static string UserId(int number) => $"crowd-{number}";

    /// <summary>101 people with a browser each.</summary>
    public sealed class Crowd : SharedServer
    {
        private IReadOnlyList<RegisteredClient> people = [];

        internal IReadOnlyList<RegisteredClient> People => Made(people);

        protected override async Task FillAsync()
        {
            var registered = new List<RegisteredClient>();
            while (registered.Count < 101)
            {
                registered.Add(await Server.RegisterAsync(userId: UserId(registered.Count)));
            }

            people = registered;
        }
    }
}
