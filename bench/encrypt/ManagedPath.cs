using System.Diagnostics;
using System.Security.Cryptography;
using Pushbell.Bench.Contest;
using Pushbell.WebPush;

namespace Pushbell.Bench.Encrypt;

/// <summary>The encryptor as a <see cref="PushClient"/> has it.</summary>
internal sealed class ManagedPath(EncryptionPath path) : IContestant
{
    private const int Browsers = 1_000, PayloadLength = 300, BetweenGlances = 64;

    private readonly MessageEncryptor encryptor = new(PrimitivesChoice.For(path));
    private readonly PushSubscription[] browsers = [.. Enumerable.Range(0, Browsers).Select(static _ => NewBrowser())];
    private readonly byte[] payload = RandomNumberGenerator.GetBytes(PayloadLength);
    private readonly byte[] record = new byte[MessageEncryptor.MaxRecordLength];

    public string Name => encryptor.Name;

    public Task<Turn> TakeTurnAsync(TimeSpan duration) => Task.FromResult(Encrypt(duration));

    private Turn Encrypt(TimeSpan duration)
    {
        var (start, cpu, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        var messages = 0;
        do
        {
            for (var i = 0; i < BetweenGlances; i++, messages++)
            {
                encryptor.Encrypt(browsers[messages % Browsers], payload, padTo: 0, record);
            }
        } while (Stopwatch.GetElapsedTime(start) < duration);

        return new Turn(messages, Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static PushSubscription NewBrowser()
    {
        using var key = ECDiffieHellman.Create(P256.Curve);
        var point = new byte[P256.PointLength];
        P256.WritePoint(key.ExportParameters(includePrivateParameters: false).Q, point);
        return PushSubscription.FromValidated(new Uri("https://push.example.net/1"), point, RandomNumberGenerator.GetBytes(16));
    }
}
