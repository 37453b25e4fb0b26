namespace Pushbell.Simulation.Scheduling;

/// <summary>Every choice of a run, drawn from its one seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    public int Below(int bound) => random.Next(bound);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => random.Next(low, high + 1);

    public TimeSpan Between(TimeSpan low, TimeSpan high) => low + ((high - low) * random.NextDouble());

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>A source of its own for the product, which draws as often as it likes.</summary>
    public Random Fork() => new(random.Next());
}
