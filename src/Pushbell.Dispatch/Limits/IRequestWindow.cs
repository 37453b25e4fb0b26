namespace Pushbell.Dispatch.Limits;

/// <summary>So many requests of one kind in any 60 seconds, per subject. Refused ones count too: who never pauses never gets through again.</summary>
public interface IRequestWindow
{
    /// <param name="organization">Whose subject it is.</param>
    /// <param name="subject">A key, an address, a person.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<RequestUse> CountAsync(long organization, string subject, CancellationToken cancellationToken);
}

/// <summary>Where a caller stands with his limit after this request.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Limit">How many in 60 seconds.</param>
/// <param name="Remaining">How many are left now.</param>
/// <param name="Wait">Until the next place is free.</param>
/// <param name="IsOver">This request found no room.</param>
public sealed record RequestUse(string Name, int Limit, int Remaining, TimeSpan Wait, bool IsOver);
