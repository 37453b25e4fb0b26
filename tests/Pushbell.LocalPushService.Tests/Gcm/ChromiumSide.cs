using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Pushbell.LocalPushService.Gcm.Mcs;
using Pushbell.LocalPushService.Gcm.Protobuf;

namespace Pushbell.LocalPushService.Tests.Gcm;

/// <summary>Speaks Chromium's side of the message connection.</summary>
internal sealed class ChromiumSide : IAsyncDisposable
{
    private readonly TcpClient tcp = new();
    private SslStream? tls;
    private PipeReader? input;

    public static async Task<ChromiumSide> LogInAsync(LocalPushServer server, string androidId, params string[] received)
    {
        var browser = await OpenAsync(server);
        var login = new ProtobufWriter().Text(1, "chrome-test").Text(2, "mcs.android.com").Text(3, androidId).Text(4, androidId).Text(5, "1");
        foreach (var id in received)
            login.Text(10, id);
        await browser.SendAsync(McsTag.LoginRequest, login);

        (await browser.ReadByteAsync()).ShouldBe(McsFrame.ProtocolVersion);
        var (tag, response) = await browser.ReceiveAsync();
        tag.ShouldBe(McsTag.LoginResponse);
        response.Text(1).ShouldBe("chrome-test");
        response.Message(3).ShouldBeNull();
        return browser;
    }

    /// <summary>Connects over TLS and sends the version byte.</summary>
    public static async Task<ChromiumSide> OpenAsync(LocalPushServer server, byte version = McsFrame.ProtocolVersion)
    {
        var browser = new ChromiumSide();
        var endpoint = new Uri(server.ChromiumFlags.Single(flag => flag.StartsWith("--gcm-mcs-endpoint=", StringComparison.Ordinal)).Split('=')[1]);
        await browser.tcp.ConnectAsync("127.0.0.1", endpoint.Port, TestContext.Current.CancellationToken);
        browser.tls = new SslStream(
            browser.tcp.GetStream(), false, (_, certificate, _, _) => certificate!.GetRawCertData().AsSpan().SequenceEqual(server.Certificate.RawData));
        await browser.tls.AuthenticateAsClientAsync(endpoint.Host);
        browser.input = PipeReader.Create(browser.tls);
        await browser.tls.WriteAsync(new[] { version }, TestContext.Current.CancellationToken);
        return browser;
    }

    public async Task SendAsync(McsTag tag, ProtobufWriter message)
    {
        var output = new ArrayBufferWriter<byte>();
        new McsFrame(tag, message.Written).Write(output);
        await tls!.WriteAsync(output.WrittenMemory, TestContext.Current.CancellationToken);
    }

    public async Task<(McsTag Tag, ProtobufMessage Message)> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var read = await input!.ReadAsync(deadline.Token);
            var buffer = read.Buffer;
            var whole = McsFrame.TryRead(ref buffer, out var frame);
            input.AdvanceTo(buffer.Start, whole ? buffer.Start : buffer.End);
            if (whole)
                return (frame.Tag, ProtobufMessage.Parse(frame.Body));
            if (read.IsCompleted)
                throw new EndOfStreamException();
        }
    }

    /// <summary>The next frame, which must be a message.</summary>
    public async Task<ProtobufMessage> ReceiveMessageAsync()
    {
        var (tag, message) = await ReceiveAsync();
        tag.ShouldBe(McsTag.DataMessage);
        return message;
    }

    /// <summary>A heartbeat that was answered: everything sent before was handled.</summary>
    public async Task PingAsync(int lastFrameReceived = 0)
    {
        await SendAsync(McsTag.HeartbeatPing, new ProtobufWriter().Number(2, lastFrameReceived));
        (await ReceiveAsync()).Tag.ShouldBe(McsTag.HeartbeatAck);
    }

    /// <summary>Returns once the service has ended the connection.</summary>
    public async Task ShouldBeCutAsync() =>
        (await Should.ThrowAsync<IOException>(ReceiveAsync)).ShouldNotBeNull();

    public async ValueTask DisposeAsync()
    {
        if (tls is not null)
            await tls.DisposeAsync();
        tcp.Dispose();
    }

    private async Task<byte> ReadByteAsync()
    {
        var read = await input!.ReadAtLeastAsync(1, TestContext.Current.CancellationToken);
        var first = read.Buffer.FirstSpan[0];
        input.AdvanceTo(read.Buffer.GetPosition(1));
        return first;
    }
}
