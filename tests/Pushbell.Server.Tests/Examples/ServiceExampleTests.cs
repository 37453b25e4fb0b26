using System.Text.Json;
using System.Text.Json.Nodes;
using Pushbell.Dispatch.Organizations;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.V1;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Examples;

/// <summary>The three requests on the page of /v1, in the order of a subscriber's life, down to the page's own numbers.</summary>
public sealed class ServiceExampleTests
{
    private const string Guest = "guest@example.com";

    [Fact]
    public async Task Requests_OfThePage_AreAnsweredAsThePageSays()
    {
        var page = ExamplePages.Text(ExamplePages.Service);
        page.ShouldContain($"X-Api-Key: {ServiceExample.Key}");
        var examples = ServiceExample.In(page).ToDictionary(example => example.Path);
        await using var server = await RunningServer.StartAsync(settings: ("Pushbell:Bootstrap:Credits", "10000"));
        await server.AddKeyAsync(KeyKind.Api, ServiceExample.Key);
        var devices = new[] { server.PushService.CreateSubscription(), server.PushService.CreateSubscription() };

        foreach (var device in devices)
        {
            await AskAsync(server, examples["/v1/subscribe"], 201, device);
        }

        await AskAsync(server, examples["/v1/send"], 200);
        await AskAsync(server, examples["/v1/unsubscribe"], 200);

        foreach (var device in devices)
        {
            var sent = examples["/v1/send"].Request;
            var shown = JsonElement.Parse(device.Messages.ShouldHaveSingleItem().Text!).GetProperty("notification");
            shown.GetProperty("title").GetString().ShouldBe((string?)sent["title"]);
            shown.GetProperty("body").GetString().ShouldBe((string?)sent["body"]);
            shown.GetProperty("navigate").GetString().ShouldBe((string?)sent["url"]);
        }
    }

    /// <summary>The page shows no address, its site hides them, and no subscription: both are put in.</summary>
    private static async Task AskAsync(RunningServer server, ServiceExample example, int status, VirtualSubscription? device = null)
    {
        var request = example.Request.DeepClone().AsObject();
        request["email"] = Guest;
        if (device is not null)
        {
            request["subscription"] = JsonNode.Parse(V1Calls.SubscribeBody(Guest, device))!["subscription"]!.DeepClone();
        }

        var answer = await server.AskAsync(
            new V1Request(example.Path["/v1".Length..], request.ToJsonString()) { Key = ServiceExample.Key }
        );

        answer.ShouldBe(status, example.Response.ToJsonString());
    }
}
