using System.Globalization;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>A send that deserves two refusals gets the earlier of 401, 403, 429, 400, 404, 402.</summary>
public sealed class RefusalOrderTests(RefusalOrderTests.Setting setting) : IClassFixture<RefusalOrderTests.Setting>
{
    private static readonly int[] Order = [401, 403, 429, 400, 404, 402];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<int, int>();
            foreach (var (at, earlier) in Order.Index())
            {
                foreach (var later in Order.Skip(at + 1))
                {
                    pairs.Add(earlier, later);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Send_DeservingTwo_GetsTheEarlier(int earlier, int later)
    {
        var both = new[] { earlier, later };
        var title = both.Contains(400) ? "" : "Title";
        var email = both.Contains(404) ? "nobody@example.com" : Setting.Person;
        var answer = await setting.Server.AskAsync(
            new V1Request("/send", $$"""{"email":"{{email}}","title":"{{title}}","body":"Body"}""")
            {
                Key = setting.Key(isUnknown: both.Contains(401), isUsedUp: both.Contains(429)),
                Origin = both.Contains(403) ? RunningServer.Origin : null,
            }
        );

        answer.Status.ShouldBe(earlier, answer.Body);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(402)]
    public Task Send_DeservingOne_GetsIt(int status) => Send_DeservingTwo_GetsTheEarlier(status, status);

    /// <summary>Nobody here has credits, so whoever is found is refused with 402.</summary>
    public sealed class Setting : SharedServer
    {
        public const string Person = "person@example.com";
        private const int Limit = 40;
        private string usedUp = "";
        private string revokedWhenUsedUp = "";

        public string Key(bool isUnknown, bool isUsedUp) =>
            (isUnknown, isUsedUp) switch
            {
                (true, true) => revokedWhenUsedUp,
                (true, false) => "psk_nobody_has_this_key_at_all",
                (false, true) => usedUp,
                _ => RunningServer.ApiKey,
            };

        protected override Task<RunningServer> StartAsync() =>
            RunningServer.StartAsync(
                settings:
                [
                    ("Pushbell:Bootstrap:Credits", "0"),
                    ("Pushbell:Limits:SendsPerMinute", Limit.ToString(CultureInfo.InvariantCulture)),
                ]
            );

        protected override async Task FillAsync()
        {
            await Server.SubscribeAsync(Person);
            usedUp = await UsedUpAsync();
            revokedWhenUsedUp = await UsedUpAsync();
            await Server.RevokeAsync(revokedWhenUsedUp);
        }

        private async Task<string> UsedUpAsync()
        {
            var key = await Server.AddKeyAsync();
            for (var sent = 0; sent < Limit; sent++)
            {
                (await Server.SendAsync(Person, key)).Status.ShouldBe(402);
            }

            return key;
        }
    }
}
