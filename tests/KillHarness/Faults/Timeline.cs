namespace Pushbell.KillHarness.Faults;

/// <summary>
/// The faults of a run and the moments at which a node went on. They cut the run into lives, one more than there are faults.
/// </summary>
internal sealed class Timeline(TimeProvider clock)
{
    private readonly List<(FaultKind Kind, DateTimeOffset Over)> faults = [];

    public int Count => faults.Count;

    public FaultKind this[int fault] => faults[fault].Kind;

    /// <summary>To be called when the fault is over and a node is about to go on.</summary>
    public void Add(FaultKind kind) => faults.Add((kind, clock.GetUtcNow()));

    public int CountOf(params IEnumerable<FaultKind> kinds) => faults.Count(fault => kinds.Contains(fault.Kind));

    /// <returns>The fault that a second copy goes back to; null when there was none before it.</returns>
    /// <param name="first">When the copy before it came.</param>
    /// <param name="second">When it came itself.</param>
    /// <remarks>
    /// What was sent and not settled when a life ended is sent again. Within one life it is the fault at its beginning: a stalled worker
    /// may still send while another has taken its work over.
    /// </remarks>
    public int? CauseOf(DateTimeOffset first, DateTimeOffset second)
    {
        var (before, after) = (LifeAt(first), LifeAt(second));
        var fault = before < after ? before : before - 1;
        return fault >= 0 ? fault : null;
    }

    /// <summary>Both moments lie in one life that a kill began: nothing explains a second copy but a lease that lapsed by itself.</summary>
    public bool IsUnprovoked(DateTimeOffset first, DateTimeOffset second) =>
        LifeAt(first) is var life && life == LifeAt(second) && (life == 0 || faults[life - 1].Kind is FaultKind.Kill or FaultKind.KillAtStart);

    private int LifeAt(DateTimeOffset moment) => faults.Count(fault => fault.Over <= moment);
}
