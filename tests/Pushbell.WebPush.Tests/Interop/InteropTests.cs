using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pushbell.WebPush.Tests.Interop;

/// <summary>Other implementations read what ours writes.</summary>
public sealed class InteropTests : IClassFixture<NodeInstallation>
{
    [Theory]
    [InlineData(EncryptionPath.Bcl, 0, 0)]
    [InlineData(EncryptionPath.Bcl, 300, 1024)]
    [InlineData(EncryptionPath.Libcrypto, 0, 0)]
    [InlineData(EncryptionPath.Libcrypto, 0, 128)]
    [InlineData(EncryptionPath.Libcrypto, 1, 0)]
    [InlineData(EncryptionPath.Libcrypto, 300, 1024)]
    [InlineData(EncryptionPath.Libcrypto, PushMessage.MaxPayloadLength, 0)]
    public async Task Encrypt_AnyPayload_IsDecryptedByHttpEce(EncryptionPath path, int length, int padTo)
    {
        using var browser = new Browser();
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        var record = new byte[MessageEncryptor.RecordLength(length, padTo)];
        new MessageEncryptor(PrimitivesChoice.For(path)).Encrypt(browser.Subscribe(), payload, padTo, record);
        await using var node = new ChildProcess("node", "decrypt.cjs");

        await node.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    privateKey = browser.PrivateKey,
                    auth = Base64Url.EncodeToString(browser.Auth),
                    record = Base64Url.EncodeToString(record),
                }
            )
        );
        var plaintext = await node.ReadLineAsync();
        await node.EndAsync();

        plaintext.ShouldBe(Base64Url.EncodeToString(payload));
    }

    [Fact]
    public async Task Send_ToWebPushTesting_IsVerifiedDecryptedAndLaterGone()
    {
        await using var node = new ChildProcess("node", "push-service.cjs");
        var ready = await node.ReadLineAsync();
        var port = int.Parse(ready.Split(' ')[1], CultureInfo.InvariantCulture);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var identity = new VapidIdentity(VapidKeys.Generate(), "mailto:ops@example.com");
        var subscribed = await PostAsync(
            http,
            "/subscribe",
            new { userVisibleOnly = "true", applicationServerKey = identity.Keys.PublicKey }
        );
        var data = subscribed.GetProperty("data");
        var keys = data.GetProperty("keys");
        var clientHash = data.GetProperty("clientHash").GetString();
        PushSubscription
            .TryCreate(
                data.GetProperty("endpoint").GetString(),
                keys.GetProperty("p256dh").GetString(),
                keys.GetProperty("auth").GetString(),
                out var subscription,
                out var problem
            )
            .ShouldBeTrue(problem);
        var options = new PushClientOptions { TrustedOrigins = new HashSet<string>(StringComparer.Ordinal) { subscription!.Origin } };

        // It checks the expiry by its own clock.
        using var client = new PushClient(options, TimeProvider.System);
        var message = new PushMessage("""{"title":"Grüße"}"""u8.ToArray(), TimeSpan.FromMinutes(1)) { PadTo = 512 };

        var accepted = await client.SendAsync(subscription, message, identity, TestContext.Current.CancellationToken);
        var received = await PostAsync(http, "/get-notifications", new { clientHash });
        var stranger = await client.SendAsync(
            subscription,
            message,
            identity with
            {
                Keys = VapidKeys.Generate(),
            },
            TestContext.Current.CancellationToken
        );
        await http.PostAsync($"/expire-subscription/{clientHash}", content: null, TestContext.Current.CancellationToken);
        var gone = await client.SendAsync(subscription, message, identity, TestContext.Current.CancellationToken);
        await node.EndAsync();

        accepted.Result.ShouldBe(DeliveryResult.Accepted, accepted.Reason);
        received
            .GetProperty("data")
            .GetProperty("messages")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetString()
            .ShouldBe("""{"title":"Grüße"}""");
        stranger.Result.ShouldBe(DeliveryResult.Rejected);
        gone.Result.ShouldBe(DeliveryResult.Gone);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
