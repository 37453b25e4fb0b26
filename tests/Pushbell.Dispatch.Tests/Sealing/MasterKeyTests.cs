using System.Security.Cryptography;
using Pushbell.Dispatch.Sealing;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Sealing;

public sealed class MasterKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void LoadOrCreate_NoFile_MakesOneThatOnlyItsOwnerReads()
    {
        var file = Path.Combine(folder.Path, "data", "master.key");

        var made = MasterKey.LoadOrCreate(file);

        Convert.FromBase64String(File.ReadAllText(file).Trim()).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        MasterKey.LoadOrCreate(file).Derive("test").ShouldBe(made.Derive("test"));
    }

    [Fact]
    public void LoadOrCreate_FileWithoutKey_SaysWhichFile()
    {
        var file = Path.Combine(folder.Path, "master.key");
        File.WriteAllText(file, "not a key");

        Should.Throw<InvalidDataException>(() => MasterKey.LoadOrCreate(file)).Message.ShouldContain(file);
        File.ReadAllText(file).ShouldBe("not a key");
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("!!!!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Parse_AnythingButThirtyTwoBytes_IsNull(string text) => MasterKey.Parse(text).ShouldBeNull();

    [Fact]
    public void Parse_KeyWithBlanksAround_IsTaken() =>
        MasterKey.Parse(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n")!.Derive("x").ShouldBe(new MasterKey(new byte[32]).Derive("x"));

    [Fact]
    public void Derive_OtherPurposeOrOtherMaster_IsAnotherKey()
    {
        var master = new MasterKey(RandomNumberGenerator.GetBytes(32));

        master.Derive("vapid").Length.ShouldBe(32);
        master.Derive("vapid").ShouldBe(master.Derive("vapid"));
        master.Derive("vapid").ShouldNotBe(master.Derive("email"));
        master.Derive("vapid").ShouldNotBe(new MasterKey(RandomNumberGenerator.GetBytes(32)).Derive("vapid"));
    }
}
