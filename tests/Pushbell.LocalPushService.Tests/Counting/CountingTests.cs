using System.Net;
using System.Text.Json.Nodes;

namespace Pushbell.LocalPushService.Tests.Counting;

public sealed class CountingTests : LocalPushTest
{
    [Theory]
    [InlineData("1.1", 0)]
    [InlineData("1.1", 300)]
    [InlineData("2.0", 300)]
    [InlineData("2.0", 1_000_000)]
    public async Task Sink_AnyPost_IsCreatedAndCounted(string version, int length)
    {
        var origin = version == "2.0" ? Server.HttpsUrl : Server.HttpUrl;
        for (var index = 0; index < 3; index++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(origin, $"sink/a/{index}"))
            {
                Content = new ByteArrayContent(new byte[length]),
                Version = Version.Parse(version),
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var answer = await Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        Server.Counters.SinkPosts.ShouldBe(3);
        Server.Counters.Posts.ShouldBe(0);
        Server.Counters.ConnectionsOpened.ShouldBe(1);
    }

    [Fact]
    public async Task Sink_Get_IsNotFound()
    {
        using var answer = await Http.GetAsync("sink/a");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Server.Counters.SinkPosts.ShouldBe(0);
    }

    [Fact]
    public async Task Counters_AfterPushes_TellThemByStatus()
    {
        var subscription = Server.CreateSubscription();
        (await Http.SendAsync(Sender.Push(subscription, "x"))).Dispose();
        (await Http.SendAsync(Sender.Push(subscription, "y"))).Dispose();
        (await Http.SendAsync(Sender.Push(new Uri(Server.HttpUrl, "push/nobody"), []))).Dispose();

        var counters = JsonNode.Parse(await Http.GetStringAsync("counters"))!;

        ((int)counters["posts"]!).ShouldBe(3);
        ((int)counters["accepted"]!).ShouldBe(2);
        counters["by_status"]!.ToJsonString().ShouldBe("""{"201":2,"404":1}""");
        ((int)counters["connections_opened"]!).ShouldBe(1);
        ((int)counters["connections_open"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Counters_Deleted_AreZero()
    {
        (await Http.SendAsync(Sender.Push(Server.CreateSubscription(), "x"))).Dispose();
        (await Http.PostAsync("sink/a", content: null)).Dispose();

        using var answer = await Http.DeleteAsync("counters");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Server.Counters.Posts.ShouldBe(0);
        Server.Counters.Accepted.ShouldBe(0);
        Server.Counters.SinkPosts.ShouldBe(0);
        Server.Counters.ByStatus.ShouldBeEmpty();
        Server.Counters.ConnectionsOpened.ShouldBe(0);
        Server.Counters.ConnectionsOpen.ShouldBe(1);
    }
}
