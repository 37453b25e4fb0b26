using System.Runtime.Versioning;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Cli.Status;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli.Diagnosis;

/// <summary>The database that is open: whether it takes writes, its clock, its disk, and who may read its files.</summary>
internal static class DatabaseDiagnosis
{
    private const long Mebibyte = 1024 * 1024, LittleSpace = 1024 * Mebibyte, NoSpace = 100 * Mebibyte;

    // Below this a node that stands still holds its locks longer than its lease (docs/nodes.md).
    private const int ShortestSharedLease = 8;

    // Nodes' clocks belong together within a second; a look across a busy network is not more exact than this.
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(2), Wrong = TimeSpan.FromMinutes(1);

    public static async IAsyncEnumerable<Finding> ExamineAsync(Operation operation, PushbellSettings settings)
    {
        var inspection = operation.Use<DatabaseInspection>();
        var state = await inspection.StateAsync(operation.Cancellation);
        yield return Finding.Ok("database", $"{DatabaseAnswer.Of(state).Text}.");
        yield return await WriteAsync(inspection, operation.Cancellation);
        if (await inspection.ClockLeadAsync(operation.Cancellation) is { } lead)
        {
            yield return ClockOf(lead);
        }

        if (state.IsServer && settings.Delivery.LeaseSeconds < ShortestSharedLease)
        {
            yield return Finding.Warning(
                "leases",
                $"Pushbell:Delivery:LeaseSeconds is {settings.Delivery.LeaseSeconds}: a node that stands still can hold its locks for longer.",
                $"On PostgreSQL set it to {ShortestSharedLease} or more."
            );
        }

        var folder = operation.Use<Database>().Dialect.Folder;
        foreach (var finding in folder is null ? [] : FilesIn(folder, settings))
        {
            yield return finding;
        }

        if (!string.IsNullOrEmpty(settings.MasterKey))
        {
            yield return Finding.Ok("master key", "It is the one that the database was filled under, and comes from the configuration.");
        }
    }

    private static async Task<Finding> WriteAsync(DatabaseInspection inspection, CancellationToken cancellation)
    {
        try
        {
            await inspection.TryWriteAsync(cancellation);
            return Finding.Ok("writing", "The database takes transactions.");
        }
        catch (StorageOutageException exception)
        {
            return Finding.Problem("writing", exception.Message, "End what holds it locked, free its disk, or make its file writable for this user.");
        }
    }

    private static Finding ClockOf(TimeSpan lead)
    {
        const string Mend = "Keep the clocks of all nodes and of the database by NTP.";
        var sentence = $"This clock is {lead.Duration():d\\.hh\\:mm\\:ss} {(lead < TimeSpan.Zero ? "behind" : "ahead of")} the database's.";
        return lead.Duration() switch
        {
            var off when off > Wrong => Finding.Problem("database clock", sentence, Mend),
            var off when off > Noticeable => Finding.Warning("database clock", sentence, Mend),
            _ => Finding.Ok("database clock", "This clock agrees with the database's."),
        };
    }

    private static IEnumerable<Finding> FilesIn(string folder, PushbellSettings settings)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var sentence = $"{free / Mebibyte:N0} MiB are free where the database lies ({folder}).";
        const string Mend = "Free some space, or move the database to another disk: a full one refuses every send.";
        yield return free < NoSpace ? Finding.Problem("disk", sentence, Mend)
            : free < LittleSpace ? Finding.Warning("disk", sentence, Mend)
            : Finding.Ok("disk", sentence);

        var key = Path.Combine(folder, Installation.MasterKeyFile);
        if (string.IsNullOrEmpty(settings.MasterKey) && File.Exists(key) && !OperatingSystem.IsWindows())
        {
            yield return OthersMayOpen(key)
                ? Finding.Problem("master key", $"Others on this machine may open {key}: with it and the database they can sign as you.", $"chmod 600 {key}")
                : Finding.Ok("master key", $"It is the one that the database was filled under, and only its owner may open {key}.");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static bool OthersMayOpen(string file) =>
        (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != UnixFileMode.None;
}
