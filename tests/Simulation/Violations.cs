namespace Pushbell.Simulation;

/// <summary>A promise that was broken.</summary>
/// <param name="Rule">Which, in a few words.</param>
/// <param name="Text">How.</param>
internal sealed record Violation(string Rule, string Text);

/// <summary>What a run found. Rules report here and go on: an exception would be caught by the very engine that is looked at.</summary>
internal sealed class Violations
{
    private readonly Lock gate = new();
    private readonly List<Violation> found = [];

    public bool Any
    {
        get
        {
            lock (gate)
            {
                return found.Count > 0;
            }
        }
    }

    public void Add(string rule, string text)
    {
        // A foreign thread is among what is reported.
        lock (gate)
        {
            found.Add(new Violation(rule, text));
        }
    }

    public IReadOnlyList<Violation> ToList()
    {
        lock (gate)
        {
            return [.. found];
        }
    }
}
