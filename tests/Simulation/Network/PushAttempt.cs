using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Network;

/// <summary>One request as the network saw it.</summary>
internal sealed record PushAttempt(SimulatedProcess Process)
{
    /// <summary>The push service has the message.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>The sender has an answer, or has given up waiting.</summary>
    public bool IsOver { get; set; }

    /// <summary>The sender was told that the message was taken.</summary>
    public bool IsToldAccepted { get; set; }

    /// <summary>Taken, and the sender cannot know: it must try again, and nobody could do better.</summary>
    public bool IsAmbiguous => IsAccepted && IsOver && !IsToldAccepted;
}
