using System.Text;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.Simulation.Invariants;
using Pushbell.Simulation.Scheduling;
using Pushbell.Simulation.Store;

namespace Pushbell.Simulation.World;

/// <summary>Makes requests of a node as the API would, and holds the product to what it answered.</summary>
internal sealed class Clients(Ledger ledger, Scheduler scheduler, Trace trace, Violations violations)
{
    public async Task SendAsync(Node node, ClientSend send)
    {
        send.Tries++;
        Result<AcceptedNotification> result;
        try
        {
            result = await node.Send.RunAsync(send.Request, CancellationToken.None, node.Stopping);
        }
        catch (StorageOutageException outage)
        {
            trace.Say($"{node.Process.Name} answers {send.Topic}: {outage.Message}");
            CheckNothingKept(send, "the database was away");
            return;
        }

        if (result.TryGet(out var accepted, out var failure))
        {
            trace.Say($"{node.Process.Name} answers {send.Topic}: accepted, {accepted.Notification.Status}, replay: {accepted.IsReplay}");
            CheckAccepted(send, accepted);
            await RememberAsync(node, send, accepted);
        }
        else
        {
            trace.Say($"{node.Process.Name} answers {send.Topic}: {failure.Sentence}");
            CheckRefused(send, failure);
        }
    }

    public async Task RecallAsync(Node node, NotificationState row)
    {
        try
        {
            var caller = CallerOf(new Tenant(row.Organization, row.Service), isService: false);
            var result = await node.Cancel.RunAsync(caller, row.Id, CancellationToken.None);
            trace.Say($"{node.Process.Name} answers: {row.Topic} is recalled, {result.Value?.Pending} pending");
        }
        catch (StorageOutageException)
        {
            // Then it goes on.
        }
    }

    private void CheckAccepted(ClientSend send, AcceptedNotification accepted)
    {
        if (accepted.IsDryRun)
        {
            CheckNothingKept(send, "it was a dry run");
            return;
        }

        if (!ledger.Has(send.Tenant, accepted.Notification.Id))
        {
            violations.Add("accepted means kept", $"{send.Topic} was accepted as {accepted.Notification.Id}, which the database does not have");
        }

        // A key that was used yesterday is a new one.
        send.Notification = scheduler.HasSkippedADay ? accepted.Notification.Id : send.Notification ?? accepted.Notification.Id;
        if (send.Notification != accepted.Notification.Id)
        {
            violations.Add("one send", $"{send.Topic} is {send.Notification} and also {accepted.Notification.Id}");
        }

        if (accepted.FirstAnswer is { } first && !first.Span.SequenceEqual(AnswerOf(accepted)))
        {
            violations.Add("one send", $"{send.Topic}: the replay does not bring the first answer back");
        }
    }

    private void CheckRefused(ClientSend send, Failure failure)
    {
        if (failure is not Failure.InFlight)
        {
            CheckNothingKept(send, failure.Sentence);
        }
    }

    /// <summary>5xx and 4xx mean: nothing stored, nothing sent, nothing charged. Another try of the same send may have fared better.</summary>
    private void CheckNothingKept(ClientSend send, string why)
    {
        if (send.Tries == 1 && ledger.Find(send.Topic) is not null)
        {
            violations.Add("refused means nothing", $"{send.Topic} was refused ({why}), and yet it is in the database");
        }
    }

    private static async Task RememberAsync(Node node, ClientSend send, AcceptedNotification accepted)
    {
        if (send.Request.Once is not { } once || accepted is not { FirstAnswer: null, IsDryRun: false })
        {
            return;
        }

        try
        {
            await node.Idempotency.RememberAsync(send.Request.Caller, once, accepted.Notification.Id, AnswerOf(accepted), CancellationToken.None);
        }
        catch (StorageOutageException)
        {
            // Asked again, the answer is made from the ledger.
        }
    }

    private static byte[] AnswerOf(AcceptedNotification accepted) => Encoding.UTF8.GetBytes(PublicId.Notification(accepted.Notification.Id));

    public static Caller CallerOf(Tenant tenant, bool isService) =>
        new()
        {
            OrganizationId = tenant.Organization,
            ServiceId = tenant.Service,
            ServiceIsOn = true,
            IsService = isService,
        };
}
