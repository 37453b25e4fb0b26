using System.Diagnostics;

namespace Pushbell.Testing;

/// <summary>Waits for what happens in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90), Pause = TimeSpan.FromMilliseconds(20);

    // Slow enough for what is on its way in real time not to time out on the manual clock.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks again and again until it holds.</summary>
    /// <param name="condition">What is to come true.</param>
    /// <param name="clock">Moved on a little between two looks, at ten times the real speed; stands still when null.</param>
    /// <param name="patience">Of real time; 90 seconds when null.</param>
    /// <exception cref="TimeoutException">It did not hold within that time.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, ManualTimeProvider? clock = null, TimeSpan? patience = null)
    {
        var waiting = Stopwatch.StartNew();
        var most = patience ?? Patience;
        while (!await condition())
        {
            if (waiting.Elapsed > most)
            {
                throw new TimeoutException($"It does not hold after {most}.");
            }

            await Task.Delay(Pause, TimeProvider.System);
            clock?.Advance(Step);
        }
    }
}
