namespace Pushbell.Bench.Contest;

/// <summary>Who does the same work as the others, in turns.</summary>
public interface IContestant
{
    string Name { get; }

    Task<Turn> TakeTurnAsync(TimeSpan duration);
}

/// <summary>What one contestant did when it was its turn.</summary>
/// <param name="Messages">So many were done.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="CpuSeconds">What its process took for them.</param>
/// <param name="AllocatedBytes">On the managed heap, altogether; null where there is none.</param>
public sealed record Turn(long Messages, double Seconds, double CpuSeconds, long? AllocatedBytes)
{
    public double PerSecond => Messages / Seconds;

    public double PerCpuSecond => Messages / CpuSeconds;
}

public sealed record Result(string Name, IReadOnlyList<Turn> Turns)
{
    public double PerSecond => Median(Turns.Select(static turn => turn.PerSecond));

    public double PerCpuSecond => Median(Turns.Select(static turn => turn.PerCpuSecond));

    public double? AllocatedPerMessage => (double?)Turns.Sum(static turn => turn.AllocatedBytes) / Turns.Sum(static turn => turn.Messages);

    /// <summary>The median over the rounds of what this did against what <paramref name="other"/> did right before or after it.</summary>
    public double Against(Result other) => Median(Turns.Zip(other.Turns, static (mine, theirs) => mine.PerCpuSecond / theirs.PerCpuSecond));

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}

public static class Rounds
{
    /// <summary>Alternates, so that what else the machine does is spread over everybody; a first round warms up and does not count.</summary>
    public static async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<IContestant> contestants, int rounds, TimeSpan turn, TextWriter progress)
    {
        var turns = contestants.Select(static _ => new List<Turn>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (contestant, taken) in contestants.Zip(turns))
            {
                var done = await contestant.TakeTurnAsync(turn);
                await progress.WriteLineAsync($"round {round}  {contestant.Name,-45} {done.PerCpuSecond,8:N0} per CPU-second {done.PerSecond,8:N0} per second");
                if (round > 0)
                {
                    taken.Add(done);
                }
            }
        }

        return [.. contestants.Zip(turns, static (contestant, taken) => new Result(contestant.Name, taken))];
    }
}
