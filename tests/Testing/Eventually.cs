namespace Pushbell.Testing;

/// <summary>Waits for what happens in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is yes; real time, whatever clock the server runs on.</summary>
    /// <param name="condition">What must come true.</param>
    /// <param name="meanwhile">Done before each further question, such as moving a clock by a step.</param>
    /// <exception cref="TimeoutException">It did not within 20 seconds.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Action? meanwhile = null)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException("What should have come true did not.");
            }

            meanwhile?.Invoke();
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
