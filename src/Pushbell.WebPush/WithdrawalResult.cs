namespace Pushbell.WebPush;

/// <summary>What became of the attempt to delete a message at the push service that holds it.</summary>
public enum WithdrawalResult
{
    /// <summary>Deleted before any browser fetched it.</summary>
    Withdrawn,

    /// <summary>Nothing to delete: it has been fetched, has expired, or the push service does not do this.</summary>
    TooLate,

    /// <summary>Not reached, or busy: try again.</summary>
    Retry,
}
