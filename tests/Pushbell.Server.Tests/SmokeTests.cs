using System.Net;
using Pushbell.Testing;

namespace Pushbell.Server.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task Send_ToOneRegistration_IsDeliveredAndDecrypts()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await server.RegisterAsync("Person@Example.com");

        using var response = await server.V2Async(
            HttpMethod.Post,
            "/send",
            new { title = "Hello", body = "World", target_user_emails = new[] { "person@example.com" } }
        );

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await RunningServer.JsonOf(response);
        answer.GetProperty("successful_sends").GetInt32().ShouldBe(1, answer.ToString());
        client.Subscription.Messages.Count.ShouldBe(1);
    }
}
