using System.Threading.Channels;

namespace Pushbell.Dispatch.Delivery;

/// <summary>The attempts of a round as they come in, gathered into groups that are settled together.</summary>
internal sealed class Answers(ChannelReader<Attempt> attempts, TimeProvider clock)
{
    // A settlement gathers this many outcomes, or what came within this time.
    private const int GroupSize = 64;
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(50);

    private readonly List<Attempt> group = new(GroupSize);

    public IReadOnlyList<Attempt> Group => group;

    /// <returns>False when these are the last of the round.</returns>
    public async Task<bool> ReadGroupAsync()
    {
        using var time = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        try
        {
            while (group.Count < GroupSize && await attempts.WaitToReadAsync(time.Token))
            {
                if (group.Count == 0)
                {
                    time.CancelAfter(GroupTime);
                }

                while (group.Count < GroupSize && attempts.TryRead(out var attempt))
                {
                    group.Add(attempt);
                }
            }

            return !attempts.Completion.IsCompleted;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>The group is settled, or of no use any more.</summary>
    public void LeavePlaces()
    {
        foreach (var attempt in group)
        {
            attempt.Place?.Leave();
        }

        group.Clear();
    }

    public async Task DrainAsync()
    {
        do
        {
            LeavePlaces();
        } while (await ReadGroupAsync());

        LeavePlaces();
    }
}
