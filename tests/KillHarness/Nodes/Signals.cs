using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pushbell.KillHarness.Nodes;

/// <summary>kill(2), for the two signals that .NET cannot send. Their numbers differ between systems.</summary>
internal static class Signals
{
    private static readonly int StopNumber = OperatingSystem.IsMacOS() ? 17 : 19, ContinueNumber = OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>SIGSTOP: the process stands still, its connections stay open.</summary>
    public static void Stop(Process process) => Send(process, StopNumber);

    /// <summary>SIGCONT.</summary>
    public static void Continue(Process process) => Send(process, ContinueNumber);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
