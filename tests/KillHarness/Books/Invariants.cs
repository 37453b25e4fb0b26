namespace Pushbell.KillHarness.Books;

/// <summary>What is checked, by name.</summary>
internal static class Invariants
{
    /// <summary>A message that was promised reaches its push service, or ends for a reason that the push service gave.</summary>
    public const string Lost = "nothing is lost";

    /// <summary>Every delivery has an end when all is over.</summary>
    public const string Endless = "everything ends";

    /// <summary>Every end is one that the push service's answers explain.</summary>
    public const string Unexplained = "every end has its reason";

    /// <summary>The counters of a request are what its ledger says, line by line, and add up to its targets.</summary>
    public const string Counters = "the counters are the ledger";

    /// <summary>A fault doubles no more than the window of each node that it hits.</summary>
    public const string ExtraCopies = "extra copies stay within the window";

    /// <summary>A node that served ends only when it is killed, whatever its database does.</summary>
    public const string Survival = "only a kill ends a node";

    /// <summary>Only whom a send names gets it, and only if the send exists.</summary>
    public const string Stranger = "nobody else gets it";

    /// <summary>Balance, holds and what was spent are what was topped up; one credit for each accepted delivery.</summary>
    public const string Credits = "credits are exact";

    /// <summary>The windows hold what was accepted, expired or is pending; the rest was given back.</summary>
    public const string Quota = "quota is exact";

    /// <summary>One Idempotency-Key is one send, and says so to whoever asks again.</summary>
    public const string Idempotency = "one key is one send";

    /// <summary>What was answered with an error does not exist.</summary>
    public const string RefusedExists = "an error is nothing sent";
}
