namespace Pushbell.WebPush.Tests.Encryption;

public sealed class AllocationTests
{
    // More than random bytes are drawn for at once, so that drawing is counted too.
    private const int Messages = 1_000;

    [Fact]
    public void Encrypt_ByLibcrypto_AllocatesNothing() => AllocatedBy(EncryptionPath.Libcrypto).ShouldBe(0);

    /// <summary>What shows that the measure measures: key objects are made for each message.</summary>
    [Fact]
    public void Encrypt_ByTheBcl_AllocatesForEachMessage() => AllocatedBy(EncryptionPath.Bcl).ShouldBeGreaterThan(100 * Messages);

    private static long AllocatedBy(EncryptionPath path)
    {
        using var browser = new Browser();
        var encryptor = new MessageEncryptor(PrimitivesChoice.For(path));
        var subscription = browser.Subscribe();
        var (payload, record) = (new byte[300], new byte[MessageEncryptor.MaxRecordLength]);
        encryptor.Encrypt(subscription, payload, 0, record);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
        {
            encryptor.Encrypt(subscription, payload, 0, record);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
