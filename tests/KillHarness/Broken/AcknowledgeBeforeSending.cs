using System.Net;

namespace Pushbell.KillHarness.Broken;

/// <summary>
/// The mistake that the harness must be able to see: every message is acknowledged at once and sent a little later. It shows only
/// when the process dies in between.
/// </summary>
internal sealed class AcknowledgeBeforeSending(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = SendLaterAsync(await CopyAsync(request, cancellationToken));
        return new HttpResponseMessage(HttpStatusCode.Created) { RequestMessage = request, Content = new ByteArrayContent([]) };
    }

    private async Task SendLaterAsync(HttpRequestMessage request)
    {
        await Task.Delay(Later, clock);
        try
        {
            using (request)
            {
                using var response = await base.SendAsync(request, CancellationToken.None);
            }
        }
        catch (HttpRequestException)
        {
            // Nobody waits for this answer any more: that is the mistake.
        }
    }

    /// <summary>The caller disposes its request as soon as it has its answer.</summary>
    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
            Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken)),
        };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        foreach (var (name, values) in request.Content.Headers)
        {
            copy.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }
}
