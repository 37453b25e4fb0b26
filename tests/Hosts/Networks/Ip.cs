using System.ComponentModel;
using Pushbell.Testing;

namespace Pushbell.Hosts.Tests.Networks;

/// <summary>ip(8) as root, which makes and unmakes networks.</summary>
internal sealed class Ip
{
    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly string file;

    private Ip(string file) => this.file = file;

    /// <summary>In front of what has to run as root.</summary>
    public static IReadOnlyList<string> AsRoot { get; } = Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];

    /// <returns>It, or why it cannot be used here.</returns>
    public static async Task<(Ip? Ip, string? WhyNot)> FindAsync()
    {
        // Distributions keep it out of everybody's PATH but root's.
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/sbin"]);
        if (folders.Select(folder => Path.Combine(folder, "ip")).FirstOrDefault(File.Exists) is not { } found)
        {
            return (null, "ip is not installed (Debian: apt-get install iproute2)");
        }

        var (ip, probe) = (new Ip(found), $"pushbell-{Environment.ProcessId}-probe");
        try
        {
            await ip.RunAsync("netns", "add", probe);
            await ip.RunAsync("netns", "del", probe);
            return (ip, null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            return (null, $"root or sudo without a password is needed, and a system that lets it make namespaces: {exception.Message.Trim()}");
        }
    }

    /// <summary>The whole command line.</summary>
    public string[] Line(params IEnumerable<string> arguments) => [.. AsRoot, file, .. arguments];

    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message says why.</exception>
    public async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var line = Line(arguments);
        await using var running = new ChildProgram("/", NoEnvironment, line[0], line[1..]);
        return await running.EndAsync();
    }
}
