using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Pushbell.Bench.Contest;
using Pushbell.WebPush;

namespace Pushbell.Bench.Deliver;

/// <summary>The bare pipeline: <see cref="PushClient"/>, about as many sends at a time as a server's window has under way, and nothing around it.</summary>
internal sealed class Pipeline : IDisposable
{
    private const int Browsers = 1_000, PayloadLength = 300, AtATime = 64;

    // Any name: the connection is routed to the sink.
    private const string Host = "updates.push.services.mozilla.com";

    private readonly PushClient client;
    private readonly PushSubscription[] browsers = [.. Enumerable.Range(0, Browsers).Select(static number => NewBrowser(number))];
    private readonly PushMessage message = new(RandomNumberGenerator.GetBytes(PayloadLength), TimeSpan.FromMinutes(1));
    private readonly VapidIdentity identity = new(VapidKeys.Generate(), "mailto:bench@example.com");
    private long next;

    public Pipeline(int port, string certificateSha256) =>
        client = new PushClient(
            new PushClientOptions { Routes = new Dictionary<string, PushRoute> { [Host] = new(new IPEndPoint(IPAddress.Loopback, port), certificateSha256) } },
            TimeProvider.System
        );

    /// <summary>Takes a turn for each line of seconds, and answers it with a line of what it did.</summary>
    public async Task ServeAsync(TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            var turn = await TakeTurnAsync(TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture)));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{turn.Messages} {turn.Seconds} {turn.CpuSeconds} {turn.AllocatedBytes}"));
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Turn> TakeTurnAsync(TimeSpan duration)
    {
        var (start, cpu, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        var sent = await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => SendUntilAsync(start, duration)));
        return new Turn(
            sent.Sum(),
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true) - allocated
        );
    }

    private async Task<long> SendUntilAsync(long start, TimeSpan duration)
    {
        await Task.Yield();
        var sent = 0L;
        for (; Stopwatch.GetElapsedTime(start) < duration; sent++)
        {
            var outcome = await client.SendAsync(browsers[Interlocked.Increment(ref next) % Browsers], message, identity, CancellationToken.None);
            if (outcome.Result != DeliveryResult.Accepted)
            {
                throw new InvalidOperationException($"The sink did not take a message: {outcome}");
            }
        }

        return sent;
    }

    private static PushSubscription NewBrowser(int number)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return PushSubscription.FromValidated(
            new Uri($"https://{Host}/sink/{number}"),
            (byte[])[4, .. point.X!, .. point.Y!],
            RandomNumberGenerator.GetBytes(16)
        );
    }
}
