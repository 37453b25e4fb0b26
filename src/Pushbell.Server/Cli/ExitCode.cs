namespace Pushbell.Server.Cli;

/// <summary>How a command ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused, or the installation cannot be used; the error stream says why and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The line is wrong, whatever the database holds.</summary>
    public const int Usage = 2;
}
