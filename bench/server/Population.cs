using System.Security.Cryptography;

namespace Pushbell.Bench.Server;

/// <summary>A registration as it is written straight into the database: registering a million browsers one by one is another benchmark.</summary>
internal readonly record struct Person(long Id, string Endpoint, byte[] P256dh, byte[] Auth);

internal static class Population
{
    // Enough that nothing is gained from meeting the same key again.
    private const int Keys = 1_000;

    // Ids lie as far apart as those of browsers that registered a millisecond after each other.
    private const int IdStep = 1 << 21;

    public static string PublicId(int number) => Dispatch.PublicId.Registration((long)number * IdStep);

    public static IEnumerable<Person> Of(int count)
    {
        var points = Enumerable.Range(0, Keys).Select(_ => NewPoint()).ToArray();
        for (var number = 1; number <= count; number++)
        {
            yield return new Person(
                (long)number * IdStep,
                $"https://{ServerProcess.Host}/sink/{number}",
                points[number % Keys],
                RandomNumberGenerator.GetBytes(16)
            );
        }
    }

    private static byte[] NewPoint()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }
}
