namespace Pushbell.Dispatch.Storage;

/// <summary>
/// 63-bit ids that grow with time: 42 bits of milliseconds since 2024, then 21 bits that start at random and count up.
/// Keys of one organization therefore lie in order of creation, without a sequence that nodes would have to share.
/// </summary>
public sealed class IdGenerator(TimeProvider clock, Random random)
{
    private const int CounterBits = 21;
    private static readonly long Epoch = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly Lock gate = new();
    private long last;

    public long Next()
    {
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch;
        lock (gate)
        {
            // Half of the counter's range is left for ids made in the same millisecond.
            var candidate = (milliseconds << CounterBits) | (long)random.Next(1 << (CounterBits - 1));
            last = Math.Max(candidate, last + 1);
            return last;
        }
    }
}
