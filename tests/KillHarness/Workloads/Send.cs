using Pushbell.KillHarness.Audiences;

namespace Pushbell.KillHarness.Workloads;

internal enum SendKind
{
    /// <summary>/v2, to everybody.</summary>
    Broadcast,

    /// <summary>/v2, to a few, delivered within the request.</summary>
    Few,

    /// <summary>/v2, to a few, queued.</summary>
    FewQueued,

    /// <summary>/v1, to one person, paid with credits.</summary>
    Person,
}

/// <summary>A send as its caller knows it: what was asked, and every answer to it.</summary>
/// <param name="Kind">Which API, and how many.</param>
/// <param name="Marker">Its title, which no other send has: by it the send is found again in every place.</param>
/// <param name="Key">Its Idempotency-Key; null without.</param>
/// <param name="Targets">Whom it is for.</param>
internal sealed record Send(SendKind Kind, string Marker, string? Key, IReadOnlyList<Device> Targets)
{
    private readonly Lock gate = new();
    private readonly List<Attempt> attempts = [];

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (gate)
            {
                return [.. attempts];
            }
        }
    }

    /// <summary>It was promised to be delivered.</summary>
    public bool IsAnswered => Attempts.Any(attempt => attempt.IsAnswered);

    /// <summary>Its fate is unknown, and its key lets it be asked again.</summary>
    public bool IsToBeRepeated => Key is not null && Attempts is [.., { IsOpen: true }];

    public void Add(Attempt attempt)
    {
        lock (gate)
        {
            attempts.Add(attempt);
        }
    }
}
