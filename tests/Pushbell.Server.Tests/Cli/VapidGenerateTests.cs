using System.Text.Json;

namespace Pushbell.Server.Tests.Cli;

public sealed class VapidGenerateTests : IAsyncLifetime
{
    private readonly TemporaryInstallation installation = new();

    public ValueTask InitializeAsync() => installation.InitializeAsync();

    private Terminal Terminal => installation.Terminal;

    [Fact]
    public async Task Generate_OnTheScreen_ShowsBothHalvesAndOpensNothing()
    {
        var pair = await Terminal.JsonAsync("vapid", "generate");
        var text = await Terminal.RunAsync("vapid", "generate");

        pair.EnumerateObject().Select(field => field.Name).ShouldBe(["public_key", "private_key"]);
        pair.Text("public_key").Length.ShouldBe(87);
        pair.Text("private_key").Length.ShouldBe(43);
        text.Output.ShouldContain("Take it in: pushbell vapid import --public-key ");
        text.Output.ShouldNotContain(pair.Text("public_key"), Case.Sensitive, "each is a pair of its own");
        (await installation.Storage.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Generate_IntoAFile_IsTakenInByImport()
    {
        await installation.AddServiceAsync(await installation.AddOrganizationAsync("Ada"), "shop");
        var file = Path.Combine(installation.Storage.Folder, "vapid.key");

        var pair = await Terminal.JsonAsync("vapid", "generate", "--private-key-file", file);
        var keys = await Terminal.JsonAsync("vapid", "import", "--public-key", pair.Text("public_key"), "--private-key-file", file);

        pair.GetProperty("private_key").ValueKind.ShouldBe(JsonValueKind.Null);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var current = keys.GetProperty("keys").EnumerateArray().Single(key => key.Text("state") == "current");
        current.Text("public_key").ShouldBe(pair.Text("public_key"));
    }

    [Fact]
    public async Task Generate_IntoAFileThatExists_LeavesItAsItIs()
    {
        var file = Path.Combine(installation.Storage.Folder, "vapid.key");
        await File.WriteAllTextAsync(file, "precious");

        (await Terminal.RunAsync("vapid", "generate", "--private-key-file", file)).ShouldFail(1, "already exists");

        (await File.ReadAllTextAsync(file)).ShouldBe("precious");
    }

    public ValueTask DisposeAsync() => installation.DisposeAsync();
}
