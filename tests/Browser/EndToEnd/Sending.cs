using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Testing;
using Pushbell.WebPush;

namespace Pushbell.Browser.Tests.EndToEnd;

/// <summary>What the organization's backend does.</summary>
internal static class Sending
{
    /// <summary>Sends to one person through /v2 and gives the answer.</summary>
    public static async Task<JsonElement> SendAsync(this InstallationFixture installation, string email, Dictionary<string, object> message)
    {
        message["target_user_emails"] = new[] { email };
        message.TryAdd("body", "From the shop");
        using var response = await installation.Server.V2Async(HttpMethod.Post, "/send", message);
        var answer = await RunningServer.JsonOf(response);
        response.EnsureSuccessStatusCode();
        return answer;
    }

    /// <summary>Sends to one person, whose one browser takes it.</summary>
    /// <returns>The request's id.</returns>
    public static async Task<string> DeliverAsync(this InstallationFixture installation, string email, Dictionary<string, object> message)
    {
        var answer = await installation.SendAsync(email, message);
        answer.GetProperty("successful_sends").GetInt32().ShouldBe(1, answer.ToString());
        return answer.GetProperty("request_id").GetString()!;
    }

    /// <summary>Waits until a request's receipts are these, and sees that they stay so.</summary>
    public static async Task ReceiptsSettleAsync(
        this InstallationFixture installation,
        string email,
        string requestId,
        (int Shown, int Clicked, int Dismissed) expected
    )
    {
        await Eventually.HoldsAsync(async () => await installation.ReceiptsAsync(requestId) == expected);
        // The worker reports in the order of events: what else it had to say is there as soon as this is.
        var last = await installation.DeliverAsync(email, new() { ["title"] = "One more" });
        await Eventually.HoldsAsync(async () => (await installation.ReceiptsAsync(last)).Shown == 1);
        (await installation.ReceiptsAsync(requestId)).ShouldBe(expected);
    }

    public static async Task<(int Shown, int Clicked, int Dismissed)> SettledReceiptsAsync(this InstallationFixture installation, string email, string requestId)
    {
        // The worker reports in the order of events, so whatever came before is there as soon as this is.
        var last = await installation.DeliverAsync(email, new() { ["title"] = "One more" });
        await Eventually.HoldsAsync(async () => (await installation.ReceiptsAsync(last)).Shown == 1);
        return await installation.ReceiptsAsync(requestId);
    }

    public static async Task<(int Shown, int Clicked, int Dismissed)> ReceiptsAsync(this InstallationFixture installation, string requestId)
    {
        using var response = await installation.Server.V2Async(HttpMethod.Get, "/requests/" + requestId);
        var receipts = (await RunningServer.JsonOf(response)).GetProperty("receipts");
        return (receipts.GetProperty("shown").GetInt32(), receipts.GetProperty("clicked").GetInt32(), receipts.GetProperty("dismissed").GetInt32());
    }

    /// <summary>The registrations of a person, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ClientsAsync(this InstallationFixture installation, string email)
    {
        using var response = await installation.Server.V2Async(HttpMethod.Get, "/clients?user_email=" + email);
        return [.. (await RunningServer.JsonOf(response)).GetProperty("clients").EnumerateArray()];
    }

    public static async Task<string> StatusAsync(this InstallationFixture installation, string registrationId)
    {
        using var response = await installation.Server.V2Async(HttpMethod.Get, "/clients/" + registrationId);
        return (await RunningServer.JsonOf(response)).GetProperty("status").GetString()!;
    }

    /// <summary>Gives a service a new current VAPID key, as <c>pushbell vapid rotate</c> does.</summary>
    public static async Task RotateVapidKeyAsync(this InstallationFixture installation, (string Organization, string Service) of)
    {
        PublicId.TryOrganization(of.Organization, out var organization).ShouldBeTrue();
        PublicId.TryService(of.Service, out var service).ShouldBeTrue();
        var rotation = installation.Server.Services.GetRequiredService<VapidRotation>();
        await rotation.RotateAsync(organization, service, VapidKeys.Generate(), CancellationToken.None);
    }

    /// <summary>What the push service answers next to those who send to this page's subscription; see the local push service's Faults.</summary>
    public static async Task ScriptAnswersAsync(this InstallationFixture installation, ShopPage page, params object[] answers)
    {
        var endpoint = (await page.EvaluateAsync("pushbell.registration.endpoint")).GetString()!;
        var uri = new Uri(installation.Server.PushService.HttpUrl, $"/subscriptions/{endpoint[(endpoint.LastIndexOf('/') + 1)..]}/script");
        using var response = await installation.Server.Http.PutAsJsonAsync(uri, answers);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The push service ends every subscription. Firefox learns of it; Chromium does not, as little as from Google's.</summary>
    public static async Task ForgetBrowsersAsync(this InstallationFixture installation)
    {
        using var response = await installation.Server.Http.DeleteAsync(new Uri(installation.Server.PushService.HttpUrl, "/browsers"));
        response.EnsureSuccessStatusCode();
    }
}
