using System.Runtime.Versioning;

namespace Pushbell.Server.Tests.Cli.Sqlite;

/// <summary>A file only where there is a folder to keep it in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MasterKeyFileTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    [Fact]
    public async Task Doctor_OfAMasterKeyThatOthersMayRead_SaysHowToCloseIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no modes there.");
        await installation.AddOrganizationAsync("Ada");
        var file = Path.Combine(installation.Storage.Folder, "master.key");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var open = await installation.Terminal.RunAsync("doctor", "--offline");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var closed = await installation.Terminal.RunAsync("doctor", "--offline");

        open.ExitCode.ShouldBe(1);
        open.Output.ShouldContain($"chmod 600 {file}");
        closed.ExitCode.ShouldBe(0, closed.Output);
        closed.Output.ShouldContain("only its owner may open");
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();
}
