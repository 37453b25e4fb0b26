using System.Buffers;
using System.IO.Pipelines;

namespace Pushbell.LocalPushService.Gcm.Mcs;

/// <summary>Frames over a connection. One reader; any number of writers, who take turns.</summary>
internal sealed class McsChannel(IDuplexPipe transport) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private bool versionReceived;
    private int framesSent;

    /// <summary>The next frame; null once the browser has closed the connection.</summary>
    /// <exception cref="InvalidDataException">The browser speaks another protocol.</exception>
    public async Task<McsFrame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await transport.Input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (!versionReceived && !buffer.IsEmpty)
            {
                if (buffer.FirstSpan[0] != McsFrame.ProtocolVersion)
                    throw new InvalidDataException("The browser speaks another version.");
                versionReceived = true;
                buffer = buffer.Slice(1);
            }

            var whole = McsFrame.TryRead(ref buffer, out var frame);
            transport.Input.AdvanceTo(buffer.Start, whole ? buffer.Start : buffer.End);
            if (whole)
                return frame;
            if (read.IsCompleted)
                return null;
        }
    }

    /// <summary>
    /// Sends a frame. The browser acknowledges frames by counting them from 1: <paramref name="beforeWriting"/> learns
    /// the number of this one while nobody else can write, and before any acknowledgement can come.
    /// </summary>
    public async Task SendAsync(McsFrame frame, Action<int> beforeWriting, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (framesSent == 0)
                transport.Output.Write([McsFrame.ProtocolVersion]);
            beforeWriting(++framesSent);
            frame.Write(transport.Output);
            await transport.Output.FlushAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public Task SendAsync(McsFrame frame, CancellationToken cancellationToken) => SendAsync(frame, _ => { }, cancellationToken);

    public void Dispose() => turn.Dispose();
}
