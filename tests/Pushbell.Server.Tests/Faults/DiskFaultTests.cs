using Pushbell.LocalPushService;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>The system itself refuses to write or to flush, as a dying or full disk does; told to a process of its own.</summary>
public sealed class DiskFaultTests : IAsyncLifetime
{
    /// <summary>
    /// Has the kernel answer fsync and fdatasync with EIO in the program that it starts (seccomp, no rights needed): the syscalls' numbers
    /// per machine, a filter of five instructions, and exec.
    /// </summary>
    private const string WithoutFlush = """
        import ctypes, os, platform, struct, sys
        fsync, fdatasync = {"x86_64": (74, 75), "aarch64": (82, 83)}[platform.machine()]
        steps = [(0x20, 0, 0, 0), (0x15, 1, 0, fsync), (0x15, 0, 1, fdatasync), (0x06, 0, 0, 0x00050005), (0x06, 0, 0, 0x7FFF0000)]
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
        program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, program, 0, 0):
            sys.exit("seccomp: " + os.strerror(ctypes.get_errno()))
        os.execv(sys.argv[1], sys.argv[1:])
        """;

    // 2 MiB a file, and an error in place of the signal that would kill the process.
    private const string WithSmallFiles = """trap '' XFSZ; ulimit -f 4096; exec "$0" """;

    private static readonly object Hello = new { title = "Hello", body = "World", target_all = true };
    private readonly TemporaryFolder folder = new();
    private LocalPushServer pushService = null!;

    public async ValueTask InitializeAsync() => pushService = await FaultyServers.StartPushServiceAsync();

    public async ValueTask DisposeAsync()
    {
        await pushService.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Send_FlushFails_IsUnavailableAndSendsNothing()
    {
        var device = await InstallAsync();
        await using (var sick = await ServerProcess.StartAsync(folder.Path, pushService, null, "python3", "-c", WithoutFlush))
        {
            (await sick.CallAsync("/quota")).Status.ShouldBe(200, sick.Errors);
            var refused = await sick.CallAsync("/send", Hello);
            (refused.Status, refused.Text("code")).ShouldBe((503, "SERVICE_UNAVAILABLE"));
            (await sick.CallAsync("/requests")).Body.ShouldBe("""{"requests":[],"next":null}""");
            sick.Kill();
            await sick.EndedAsync();
        }

        pushService.Counters.Posts.ShouldBe(0);
        await using var healthy = await ServerProcess.StartAsync(folder.Path, pushService);
        (await healthy.CallAsync("/requests")).Body.ShouldBe("""{"requests":[],"next":null}""");
        (await healthy.CallAsync("/send", Hello)).Number("successful_sends").ShouldBe(1);
        device.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Send_FilesCannotGrow_IsUnavailableAndKeepsWhatWasAccepted()
    {
        var device = await InstallAsync();
        var accepted = 0;
        // .NET's own double mapping of code needs a large file, which has nothing to do with the disk.
        await using (
            var sick = await ServerProcess.StartAsync(
                folder.Path, pushService, [("DOTNET_EnableWriteXorExecute", "0")], "sh", "-c", WithSmallFiles))
        {
            var later = new { title = "Later", body = new string('x', 200), target_all = true, send_at = Tomorrow(), data = new { text = new string('x', 3_000) } };
            while ((await sick.CallAsync("/send", later)).Status == 200)
            {
                (++accepted).ShouldBeLessThan(2_000);
            }

            var refused = await sick.CallAsync("/send", Hello);
            (refused.Status, refused.Text("code")).ShouldBe((503, "SERVICE_UNAVAILABLE"));
            sick.Kill();
            await sick.EndedAsync();
        }

        accepted.ShouldBeGreaterThan(0);
        pushService.Counters.Posts.ShouldBe(0);
        await using var healthy = await ServerProcess.StartAsync(folder.Path, pushService);
        (await healthy.CallAsync("/requests?limit=1000")).Json.GetProperty("requests").GetArrayLength().ShouldBe(Math.Min(accepted, 1_000));
        (await healthy.CallAsync("/send", Hello)).Number("successful_sends").ShouldBe(1);
        device.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Start_DatabaseIsDamaged_EndsAndSaysHowToRestoreAndTouchesNothing()
    {
        var file = Path.Combine(folder.Path, "pushbell.db");
        var garbage = Enumerable.Range(0, 8_192).Select(at => (byte)at).ToArray();
        await File.WriteAllBytesAsync(file, garbage);

        await using var server = await ServerProcess.StartAsync(folder.Path, pushService);

        await server.EndedAsync();
        server.ExitCode.ShouldNotBe(0);
        server.Errors.ShouldContain($"The database file {file} is damaged");
        server.Errors.ShouldContain("Restore it from a backup");
        (await File.ReadAllBytesAsync(file)).ShouldBe(garbage);
    }

    /// <summary>A server that has run well and ended well, with one browser.</summary>
    private async Task<VirtualSubscription> InstallAsync()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, pushService);
        var device = await server.RegisterAsync(pushService);
        server.Terminate();
        await server.EndedAsync();
        return device;
    }

    private static string Tomorrow() => TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
