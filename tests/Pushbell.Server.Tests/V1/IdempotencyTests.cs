using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>The same send with the same Idempotency-Key happens once and is answered alike.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Person = "person@example.com";
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(settings: ("Pushbell:Bootstrap:Credits", "5"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Send_Again_IsAnsweredToTheLetter_AndDeliveredOnce()
    {
        var device = await server.SubscribeAsync(Person);
        var first = await SendAsync("order-1");
        await server.SendAsync(Person);

        var again = await SendAsync("order-1");

        first.ShouldBe(200, """{"sent":1,"failed":0,"credits":4}""");
        first.Header("Idempotency-Replayed").ShouldBeNull();
        again.ShouldBe(200, """{"sent":1,"failed":0,"credits":4}""");
        again.Header("Idempotency-Replayed").ShouldBe("true");
        device.MessageCount.ShouldBe(2);
        (await server.CreditsAsync()).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Send_AtOnceWithOneKey_IsDeliveredOnce()
    {
        var device = await server.SubscribeAsync(Person);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync("order-2")));

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 409);
        device.MessageCount.ShouldBe(1);
        (await server.CreditsAsync()).ShouldBe((4, 0));
    }

    [Fact]
    public async Task Send_SomethingElseWithTheSameKey_Is422()
    {
        await server.SubscribeAsync(Person);
        await SendAsync("order-3");

        var answer = await SendAsync("order-3", "Another title");

        answer.ShouldBe(
            422,
            Row.Error("This Idempotency-Key was used before with a different request; use a new key for a new request.")
        );
    }

    [Fact]
    public async Task Send_RefusedBefore_IsANewSend()
    {
        (await SendAsync("order-4")).Status.ShouldBe(404);
        await server.SubscribeAsync(Person);

        (await SendAsync("order-4")).ShouldBe(200, """{"sent":1,"failed":0,"credits":4}""");
    }

    [Fact]
    public async Task Send_OfAnotherServiceWithTheSameKey_IsASendOfItsOwn()
    {
        var ours = await server.SubscribeAsync(Person);
        var caller = await server.CallerAsync();
        var key = await server.AddServiceAsync("second-app", caller.OrganizationId);
        var theirs = server.PushService.CreateSubscription();
        await server.AskAsync(new V1Request("/subscribe", V1Calls.SubscribeBody(Person, theirs)) { Key = key });
        await SendAsync("order-5");

        var answer = await server.AskAsync(V1Request.Send(Person) with { Key = key, Headers = [("Idempotency-Key", "order-5")] });

        answer.ShouldBe(200, """{"sent":1,"failed":0,"credits":3}""");
        ours.MessageCount.ShouldBe(1);
        theirs.MessageCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\there")]
    public async Task Send_WithABadKey_Is400(string key)
    {
        await server.SubscribeAsync(Person);

        (await SendAsync(key)).ShouldBe(400, Row.Error("Idempotency-Key must be 1 to 255 printable ASCII characters without blanks."));
    }

    private Task<V1Answer> SendAsync(string key, string title = "Title") =>
        server.AskAsync(
            new V1Request("/send", $$"""{"email":"{{Person}}","title":"{{title}}","body":"Body"}""") { Headers = [("Idempotency-Key", key)] }
        );
}
