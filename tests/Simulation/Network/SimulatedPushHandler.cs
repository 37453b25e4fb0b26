using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pushbell.Simulation.Scheduling;

namespace Pushbell.Simulation.Network;

/// <summary>The network under one process's push client. It answers when and as the seed decides; there are no sockets.</summary>
internal sealed class SimulatedPushHandler(
    SimulatedNetwork network,
    Scheduler scheduler,
    SimulatedProcess process,
    Trace trace,
    Violations violations
) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        scheduler.HoldToThread();
        if (SynchronizationContext.Current != process)
        {
            violations.Add("one thread", "the engine lost its context on the way to a send:\n" + Environment.StackTrace);
        }

        return request.Method == HttpMethod.Delete ? Withdraw(request.RequestUri!, cancellationToken) : Post(request, cancellationToken);
    }

    private Task<HttpResponseMessage> Post(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var device = network.At(request.RequestUri!.AbsoluteUri);
        var topic = request.Headers.NonValidated["Topic"].ToString();
        var ttl = int.Parse(request.Headers.NonValidated["TTL"].ToString(), CultureInfo.InvariantCulture);
        network.Sending(topic, ttl, device, process);

        var answer = network.WeatherAt(device).Next(device);
        trace.Mix(device.Id);
        trace.Mix(answer.Status ?? -1);
        trace.Say($"{process.Name} POST {topic} to {device.Path} ttl {ttl}: {answer}");
        var attempt = new PushAttempt(process) { IsAccepted = answer.IsAccepted };
        network.Record(topic, device, attempt);
        return DeliverAsync(attempt, answer, cancellationToken);
    }

    /// <summary>A message that the push service still holds is deleted there.</summary>
    private Task<HttpResponseMessage> Withdraw(Uri location, CancellationToken cancellationToken)
    {
        var answer = network.Origins[location.GetLeftPart(UriPartial.Authority)].NextWithdrawal();
        trace.Mix(answer.Status ?? -2);
        trace.Say($"{process.Name} DELETE {location.AbsolutePath}: {answer}");
        return DeliverAsync(new PushAttempt(process), answer, cancellationToken);
    }

    private Task<HttpResponseMessage> DeliverAsync(PushAttempt attempt, Answer answer, CancellationToken cancellationToken)
    {
        var pending = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.UnsafeRegister(
            _ =>
            {
                attempt.IsOver = true;
                pending.TrySetCanceled(cancellationToken);
            },
            null
        );
        if (answer.After is { } delay)
        {
            scheduler.After(delay, process, () => Arrive(attempt, answer, pending));
        }

        return pending.Task;
    }

    private static void Arrive(PushAttempt attempt, Answer answer, TaskCompletionSource<HttpResponseMessage> pending)
    {
        if (attempt.IsOver)
        {
            return;
        }

        attempt.IsOver = true;
        attempt.IsToldAccepted = answer is { IsAccepted: true, Status: 201 };
        if (answer.Status is not { } status)
        {
            pending.SetException(new HttpRequestException("simulated", new SocketException((int)SocketError.ConnectionReset)));
            return;
        }

        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.Body)) };
        if (answer.Location is { } location)
        {
            response.Headers.TryAddWithoutValidation("Location", location);
        }

        if (answer.RetryAfter is { } retryAfter)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        pending.SetResult(response);
    }
}
