using Pushbell.Dispatch;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Delivery;

namespace Pushbell.Server.Management.Overview;

internal static class AlarmEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, AlarmBoard board)
    {
        var alarms = await board.ListAsync(ManageGate.ManagerOf(context).OrganizationId, context.RequestAborted);
        return TypedResults.Json(new AlarmList([.. alarms.Select(Alarm.Of)]), ManageResourcesJson.Default.AlarmList);
    }

    /// <summary>A second time changes nothing: it stays resolved since the first.</summary>
    public static async Task<IResult> ResolveAsync(HttpContext context, string alarm_id, AlarmBoard board, Quarantine quarantine)
    {
        var restore = context.Request.Query["expire"].ToString() switch
        {
            "" or "false" => true,
            "true" => false,
            _ => (bool?)null,
        };
        if (restore is null)
        {
            return ManageErrors.Of(new Failure.InvalidRequest("expire must be true or false."));
        }

        var organization = ManageGate.ManagerOf(context).OrganizationId;
        if (!PublicId.TryAlarm(alarm_id, out var id) || await board.FindAsync(organization, id, context.RequestAborted) is null)
        {
            return ManageErrors.Of(new Failure.NotFound($"There is no alarm {alarm_id}."));
        }

        var registrations = await quarantine.ResolveAsync(organization, id, restore.Value, context.RequestAborted);
        var resolved = await board.FindAsync(organization, id, context.RequestAborted);
        if (registrations is null)
        {
            AuditNote.LeaveNone(context);
        }
        else
        {
            AuditNote.Set(context, alarm_id, $"{resolved!.Origin}: {registrations} clients {(restore.Value ? "active again" : "expired")}");
        }

        return TypedResults.Json(Alarm.Of(resolved!), ManageResourcesJson.Default.Alarm);
    }
}
