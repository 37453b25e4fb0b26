namespace Pushbell.Bench.Encrypt;

/// <summary>Who encrypts 300-byte payloads for 1,000 browsers in turn, on one thread.</summary>
internal interface IContestant
{
    string Name { get; }

    Turn Encrypt(TimeSpan duration);
}

/// <summary>What one contestant did when it was its turn.</summary>
/// <param name="Messages">So many were encrypted.</param>
/// <param name="CpuSeconds">What its process took for them.</param>
/// <param name="AllocatedBytes">On the managed heap, altogether.</param>
internal sealed record Turn(long Messages, double CpuSeconds, long AllocatedBytes)
{
    public double PerCpuSecond => Messages / CpuSeconds;
}

internal sealed record Result(string Name, IReadOnlyList<Turn> Turns)
{
    public double PerCpuSecond => Turns.Select(static turn => turn.PerCpuSecond).Order().ElementAt(Turns.Count / 2);

    public double AllocatedPerMessage => (double)Turns.Sum(static turn => turn.AllocatedBytes) / Turns.Sum(static turn => turn.Messages);

    /// <summary>The median over the rounds of what this did against what <paramref name="other"/> did right before or after it.</summary>
    public double Against(Result other) =>
        Turns.Zip(other.Turns, static (mine, theirs) => mine.PerCpuSecond / theirs.PerCpuSecond).Order().ElementAt(Turns.Count / 2);
}

internal static class Contest
{
    /// <summary>Alternates, so that what else the machine does is spread over everybody; a first round warms up and does not count.</summary>
    public static IReadOnlyList<Result> Run(IReadOnlyList<IContestant> contestants, int rounds, TimeSpan turn, TextWriter progress)
    {
        var turns = contestants.Select(static _ => new List<Turn>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (contestant, taken) in contestants.Zip(turns))
            {
                var done = contestant.Encrypt(turn);
                progress.WriteLine($"round {round}  {contestant.Name,-45} {done.PerCpuSecond,8:N0} per CPU-second");
                if (round > 0)
                {
                    taken.Add(done);
                }
            }
        }

        return [.. contestants.Zip(turns, static (contestant, taken) => new Result(contestant.Name, taken))];
    }
}
