using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary><see cref="Page.Hashed"/>: nothing on disk gives away an email of /v1, nor a key.</summary>
public sealed class PrivacyTests
{
    private const string Person = "Quetzal.Oyster@Hidden.Example";

    [Fact]
    public async Task Files_AfterEverythingThatV1Does_HoldNoEmailAndNoKey()
    {
        await using var server = await RunningServer.StartAsync();
        var device = await server.SubscribeAsync(Person);
        await server.AskAsync(V1Request.Send(Person) with { Headers = [("Idempotency-Key", "once")] });
        device.MessageCount.ShouldBe(1);
        await server.UnsubscribeAsync(Person);
        await server.SendAsync(Person);
        await server.AskAsync(
            new V1Request("/subscribe", V1Calls.SubscribeBody(Person, device)) { Key = RunningServer.PublishableKey, Origin = RunningServer.Origin }
        );

        var disk = await server.Storage.ReadDiskAsync();

        // The control: what is stored as it is can be found this way.
        disk.ShouldContain(RunningServer.Origin);
        disk.ShouldContain(device.Endpoint);
        foreach (var secret in Secrets())
        {
            disk.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret);
        }
    }

    private static IEnumerable<string> Secrets()
    {
        yield return "quetzal";
        yield return "hidden.example";
        yield return RunningServer.ApiKey;
        yield return RunningServer.SecretKey;
        yield return RunningServer.PublishableKey;

        // A hash without a key could be looked up in a list of addresses.
        var bytes = Encoding.UTF8.GetBytes(Person.ToLowerInvariant());
        foreach (var hash in new[] { SHA256.HashData(bytes), SHA512.HashData(bytes) })
        {
            yield return Convert.ToHexString(hash);
            yield return Base64Url.EncodeToString(hash);
            yield return Convert.ToBase64String(hash);
            yield return Encoding.Latin1.GetString(hash);
        }

        yield return Convert.ToBase64String(bytes).TrimEnd('=');
    }
}
