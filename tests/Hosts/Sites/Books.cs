using Pushbell.Testing;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>What there was before a test, and what must agree after it.</summary>
internal sealed class Books
{
    private readonly Site site;
    private readonly Balance before;
    private readonly IReadOnlyDictionary<string, int> copiesBefore;

    private Books(Site site, Balance before, IReadOnlyDictionary<string, int> copies) =>
        (this.site, this.before, copiesBefore) = (site, before, copies);

    public static async Task<Books> OpenAsync(Site site) => new(site, await site.Database.BalanceAsync(), await site.PushService.CopiesAsync());

    /// <summary>How many sends were accepted since.</summary>
    public async Task<long> SendsAsync() => (await site.Database.BalanceAsync()).Notifications - before.Notifications;

    /// <summary>Checks the ledger, the credits, and both against what the push service got.</summary>
    /// <param name="request">Whose every line is looked at.</param>
    /// <param name="recipients">Whom it was for.</param>
    /// <param name="mostExtra">Second copies that the cut may have caused.</param>
    public async Task AgreeAsync(string request, IEnumerable<string> recipients, int mostExtra)
    {
        var deliveries = await site.Nodes[0].DeliveriesAsync(request);
        deliveries.Keys.Order().ShouldBe(recipients.Order(), "each recipient has one line");
        deliveries.Values.ShouldAllBe(outcome => outcome == "accepted");

        // Other sends of the test may have been put off for seconds.
        var now = before;
        await Eventually.HoldsAsync(async () => (now = await site.Database.BalanceAsync()).Accepted >= now.Targets);
        now.Accepted.ShouldBe(now.Targets);
        now.Spent.ShouldBe(now.Accepted);
        now.Held.ShouldBe(0);
        (now.Available + now.Spent).ShouldBe(now.ToppedUp);
        now.Lowest.ShouldBeGreaterThanOrEqualTo(0);

        var copies = await site.PushService.CopiesAsync();
        int CopiesOf(string subscription) => copies[subscription] - copiesBefore[subscription];
        deliveries.Keys.Select(recipient => CopiesOf(site.Registered[recipient])).ShouldAllBe(taken => taken > 0);
        var extra = copies.Keys.Sum(CopiesOf) - (now.Accepted - before.Accepted);
        extra.ShouldBeInRange(0L, mostExtra);
        TestContext.Current.TestOutputHelper?.WriteLine($"{extra} extra copies of at most {mostExtra}");
    }
}
