using System.Data.Common;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Management;

/// <summary>Marks an endpoint that changes something: each success leaves an entry in the audit log.</summary>
/// <param name="Action">What and how, e.g. <c>key.create</c>.</param>
internal sealed record Audited(string Action);

/// <summary>What the entry of a request says; and the entry itself, for operations that write it in the transaction of their change.</summary>
internal sealed partial class AuditNote
{
    private string? subject, detail;
    private long? organization;
    private bool isTaken;

    /// <summary>Names what was changed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="subject">Its id or name.</param>
    /// <param name="detail">In words; never a secret.</param>
    /// <param name="organization">Whose record it belongs to, where that is not the path's organization.</param>
    public static void Set(HttpContext context, string? subject, string? detail = null, long? organization = null)
    {
        var note = Of(context);
        (note.subject, note.detail, note.organization) = (subject, detail, organization);
    }

    /// <summary>Hands the entry over to an operation that writes it itself.</summary>
    /// <param name="context">A request to an endpoint with <see cref="Audited"/>.</param>
    /// <param name="actor">Who acts, where the gate cannot know it: somebody who is just signing in.</param>
    public static Act Take(HttpContext context, string? actor = null)
    {
        Of(context).isTaken = true;
        return ActOf(context, context.GetEndpoint()!.Metadata.GetRequiredMetadata<Audited>(), actor ?? ManageGate.ManagerOf(context).Name);
    }

    /// <summary>Leaves no entry: the request has succeeded without changing anything.</summary>
    public static void LeaveNone(HttpContext context) => Of(context).isTaken = true;

    /// <summary>Writes the entry of each change that succeeded, before its answer goes out.</summary>
    public static async ValueTask<object?> WriteAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var result = await next(invocation);
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<Audited>() is { } audited
            && result is not IStatusCodeHttpResult { StatusCode: >= StatusCodes.Status400BadRequest }
            && Of(context) is { isTaken: false } note
        )
        {
            await note.EnterAsync(context, audited);
        }

        return result;
    }

    /// <summary>Writes the entry of a change that is through: its answer, which may hold a secret that is told once, goes out whether the entry could be written or not.</summary>
    private async Task EnterAsync(HttpContext context, Audited audited)
    {
        var manager = ManageGate.ManagerOf(context);
        var act = ActOf(context, audited, manager.Name);
        try
        {
            // Whether whoever asked for it is still there or not.
            await context
                .RequestServices.GetRequiredService<AuditLog>()
                .WriteAsync(organization ?? manager.OrganizationId, act, subject, detail, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StorageOutageException or DbException)
        {
            var logger = context.RequestServices.GetRequiredService<ILogger<AuditNote>>();
            Log.NotEntered(logger, act.Action, act.Actor, subject, detail, exception);
        }
    }

    private static Act ActOf(HttpContext context, Audited audited, string actor) => new(actor, audited.Action, RemoteAddress.Of(context));

    private static AuditNote Of(HttpContext context)
    {
        if (context.Features.Get<AuditNote>() is { } known)
        {
            return known;
        }

        var note = new AuditNote();
        context.Features.Set(note);
        return note;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Action} by {Actor} on {Subject} ({Detail}) was done; it could not be entered in the audit log"
        )]
        public static partial void NotEntered(ILogger logger, string action, string actor, string? subject, string? detail, Exception exception);
    }
}

/// <summary>The network address that a request comes from.</summary>
internal static class RemoteAddress
{
    public static string Of(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "unknown";
}
