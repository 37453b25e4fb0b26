using Npgsql;

namespace Pushbell.Dispatch.Storage.Postgres;

/// <summary>What PostgreSQL's error codes mean to us (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgresFaults
{
    // Not in the driver's list.
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>It may pass by itself.</summary>
    public static bool IsOutage(string state) =>
        // Connections, resources, the operator, the system.
        state[..2] is "08" or "53" or "57" or "58"
        || state
            is PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.LockNotAvailable
                or IdleInTransactionSessionTimeout
                // A server that has been demoted, or is not promoted yet.
                or PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>
    /// A transaction came into another's way, or the server went away and may be back. A broken unique key counts among these: what this
    /// one looked for and did not find was being written by another, and on a second look is there.
    /// </summary>
    public static bool IsPassing(string state) =>
        state
            is PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
        || state[..2] is "08";

    /// <summary>What the operator must do before it can be used at all; null when waiting may help.</summary>
    public static string? Mend(string state) =>
        state switch
        {
            PostgresErrorCodes.InvalidCatalogName => "Create it: createdb --encoding UTF8 <name>, or name another in ConnectionStrings:Pushbell.",
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "Check Username and Password in ConnectionStrings:Pushbell.",
            PostgresErrorCodes.InsufficientPrivilege => "The user of ConnectionStrings:Pushbell must own the database, or be granted CREATE on its schema.",
            PostgresErrorCodes.UndefinedFunction => "Version 13 or newer is needed.",
            _ => null,
        };
}
