using System.Diagnostics;

namespace Pushbell.Testing;

/// <summary>Waits for what happens in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(20);

    // Slow enough for what is on its way in real time not to time out on the manual clock.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks again and again until it holds.</summary>
    /// <param name="condition">What is to come true.</param>
    /// <param name="clock">Moved on a little between two looks, at ten times the real speed; stands still when null.</param>
    /// <exception cref="TimeoutException">It did not hold within 30 seconds of real time.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, ManualTimeProvider? clock = null)
    {
        var waiting = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waiting.Elapsed > Patience)
            {
                throw new TimeoutException($"It does not hold after {Patience}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
            clock?.Advance(Step);
        }
    }
}
