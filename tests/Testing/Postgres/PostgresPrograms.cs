using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Pushbell.Testing.Postgres;

/// <summary>Finds the server's programs, which distributions keep out of PATH.</summary>
public static class PostgresPrograms
{
    public const string Missing = "PostgreSQL is not installed: initdb, pg_ctl and postgres are needed (Debian: apt-get install postgresql).";

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>Where they lie; null when there are none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => Needed.All(name => File.Exists(Path.Combine(folder, name))));

    private static IEnumerable<string> Candidates()
    {
        if (ConfiguredFolder() is { } configured)
        {
            yield return configured;
        }

        foreach (var folder in DebianFolders().Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)))
        {
            yield return folder;
        }
    }

    /// <summary>What pg_config says, which may be there without the server.</summary>
    private static string? ConfiguredFolder()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", ["--bindir"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The newest version first.</summary>
    private static IEnumerable<string> DebianFolders()
    {
        const string Versions = "/usr/lib/postgresql";
        return Directory.Exists(Versions)
            ? Directory
                .GetDirectories(Versions)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
    }
}
