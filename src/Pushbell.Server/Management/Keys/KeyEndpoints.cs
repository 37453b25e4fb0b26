using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Keys;

internal static class KeyEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, KeyQueries keys)
    {
        var service = ManageGate.ServiceOf(context);
        var all = await keys.ListAsync(service.OrganizationId, service.Id, context.RequestAborted);
        return TypedResults.Json(new KeyList([.. all.Select(Key.Of)]), ManageResourcesJson.Default.KeyList);
    }

    public static async Task<IResult> CreateAsync(HttpContext context, KeyRing ring, KeyQueries keys)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.NewKey, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (!body.Parse(ManageGate.ServiceOf(context)).TryGet(out var key, out var bad))
        {
            return ManageErrors.Of(bad);
        }

        var id = await ring.CreateAsync(key, context.RequestAborted);
        var stored = await keys.FindAsync(key.OrganizationId, id, context.RequestAborted);
        AuditNote.Set(context, PublicId.Key(id), $"{StatusNames.Of(key.Kind)} …{stored!.Hint} “{key.Name}”");
        return TypedResults.Json(CreatedKey.Of(stored, key.Text), ManageResourcesJson.Default.CreatedKey, statusCode: StatusCodes.Status201Created);
    }

    public static async Task<IResult> RevokeAsync(HttpContext context, string key_id, KeyRing ring, KeyQueries keys)
    {
        var service = ManageGate.ServiceOf(context);
        if (
            !PublicId.TryKey(key_id, out var id)
            || await keys.FindAsync(service.OrganizationId, id, context.RequestAborted) is not { } key
            || key.ServiceId != service.Id
        )
        {
            return ManageErrors.Of(new Failure.NotFound($"There is no key {key_id}."));
        }

        if (key.RevokedAt is not null)
        {
            AuditNote.LeaveNone(context);
            return TypedResults.Json(Key.Of(key), ManageResourcesJson.Default.Key);
        }

        await ring.RevokeAsync(service.OrganizationId, id, context.RequestAborted);
        var revoked = await keys.FindAsync(service.OrganizationId, id, context.RequestAborted);
        AuditNote.Set(context, key_id, $"{StatusNames.Of(revoked!.Kind)} …{revoked.Hint} “{revoked.Name}”");
        return TypedResults.Json(Key.Of(revoked), ManageResourcesJson.Default.Key);
    }
}
