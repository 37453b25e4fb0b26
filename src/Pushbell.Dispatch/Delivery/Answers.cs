using System.Threading.Channels;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// The attempts of a round as they come in, gathered into groups that are settled together. While others of the batch wait to be sent, a
/// group is complete when half as many are in it as are under way: a third of the batch's places in the window is settled while the rest sends.
/// </summary>
internal sealed class Answers(BatchWork work, ChannelReader<Attempt> attempts, TimeProvider clock)
{
    // At most this many outcomes, and those that came within this time.
    private const int GroupSize = 64;
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(50);

    private readonly List<Attempt> group = new(GroupSize);

    public IReadOnlyList<Attempt> Group => group;

    private bool IsComplete => group.Count >= GroupSize || (group.Count > 0 && work.Unsent > 0 && group.Count * 2 >= work.UnderWay);

    /// <returns>False when these are the last of the round.</returns>
    public async Task<bool> ReadGroupAsync()
    {
        using var time = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        try
        {
            while (!IsComplete && await attempts.WaitToReadAsync(time.Token))
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
