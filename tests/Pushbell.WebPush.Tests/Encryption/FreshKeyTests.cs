namespace Pushbell.WebPush.Tests.Encryption;

/// <summary>Messages as they are sent, each with a key of its own, read by browsers that share no code with the library.</summary>
public sealed class FreshKeyTests
{
    [Theory]
    [InlineData(EncryptionPath.Bcl, 500)]
    [InlineData(EncryptionPath.Libcrypto, 4_000)]
    public void Encrypt_RandomMessages_AreReadByTheirBrowsers(EncryptionPath path, int messages)
    {
        var encryptor = new MessageEncryptor(PrimitivesChoice.For(path));
        var random = new Random(messages);
        var browsers = Enumerable.Range(0, 100).Select(static _ => new Browser()).ToArray();

        EncryptAndRead(encryptor, browsers, random, messages).ShouldBe(messages);

        Array.ForEach(browsers, static browser => browser.Dispose());
    }

    [Fact]
    public async Task Encrypt_FromEightThreadsAtOnce_IsReadByTheirBrowsers()
    {
        const int Threads = 8, MessagesOfEach = 250;
        var encryptor = new MessageEncryptor(PrimitivesChoice.For(EncryptionPath.Libcrypto));
        using var together = new Barrier(Threads);

        // Long-running: each has a thread of its own, and ends with it.
        var read = await Task.WhenAll(
            Enumerable.Range(0, Threads).Select(number => Task.Factory.StartNew(() => Run(number), TaskCreationOptions.LongRunning))
        );

        read.ShouldAllBe(count => count == MessagesOfEach);

        int Run(int number)
        {
            using Browser first = new(), second = new();
            together.SignalAndWait();
            return EncryptAndRead(encryptor, [first, second], new Random(number), MessagesOfEach);
        }
    }

    private static int EncryptAndRead(MessageEncryptor encryptor, Browser[] browsers, Random random, int messages)
    {
        var subscriptions = Array.ConvertAll(browsers, static browser => browser.Subscribe());
        var payload = new byte[PushMessage.MaxPayloadLength];
        var record = new byte[MessageEncryptor.MaxRecordLength];
        var read = 0;
        for (var i = 0; i < messages; i++)
        {
            var to = random.Next(browsers.Length);
            var message = payload.AsSpan(0, random.Next(payload.Length + 1));
            random.NextBytes(message);
            var padTo = random.Next(3) == 0 ? random.Next(PushMessage.MaxPadding + 1) : 0;

            var length = encryptor.Encrypt(subscriptions[to], message, padTo, record);

            read += browsers[to].Decrypt(record.AsSpan(0, length)).Payload.AsSpan().SequenceEqual(message) ? 1 : 0;
        }

        return read;
    }
}
