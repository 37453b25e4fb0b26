namespace Pushbell.Dispatch.Storage;

/// <summary>
/// 63-bit ids that grow with time: 42 bits of milliseconds since 2024, 10 bits of the node that makes them, and 11 that start at random and
/// count up. Keys of one organization therefore lie in order of creation, without a sequence that nodes would have to ask for each.
/// </summary>
/// <param name="clock">The milliseconds.</param>
/// <param name="random">Where the count starts.</param>
/// <param name="node">Of 1,024; at random when null.</param>
public sealed class IdGenerator(TimeProvider clock, Random random, int? node = null)
{
    private const int NodeBits = 10, CounterBits = 11;
    private static readonly long Epoch = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly Lock gate = new();
    private readonly long nodePart = (long)(node ?? random.Next(1 << NodeBits)) << CounterBits;
    private long last;

    /// <returns>No id made at this moment or later, here or on another node, is smaller.</returns>
    public static long FirstOf(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() - Epoch) << (NodeBits + CounterBits);

    public long Next()
    {
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch;
        lock (gate)
        {
            // Half of the counter's range is left for ids made in the same millisecond.
            var candidate = (milliseconds << (NodeBits + CounterBits)) | nodePart | (long)random.Next(1 << (CounterBits - 1));
            last = Math.Max(candidate, last + 1);
            return last;
        }
    }
}
