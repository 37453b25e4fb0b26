using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;
using Pushbell.WebPush;

namespace Pushbell.Server.Management.Services;

internal static class VapidEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, VapidKeyQueries keys)
    {
        var service = ManageGate.ServiceOf(context);
        var pairs = await keys.ListAsync(service.OrganizationId, service.Id, context.RequestAborted);
        return TypedResults.Json(new VapidPairList([.. pairs.Select(VapidPair.Of)]), ManageResourcesJson.Default.VapidPairList);
    }

    public static async Task<IResult> RotateAsync(HttpContext context, VapidRotation rotation, VapidKeyQueries keys)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.NewVapidPair, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        VapidKeys? pair = VapidKeys.Generate();
        if (body.PrivateKey is not null && !VapidKeys.TryImport(body.PrivateKey, out pair, out var problem))
        {
            return ManageErrors.Of(new Failure.InvalidRequest("private_key: " + problem));
        }

        var service = ManageGate.ServiceOf(context);
        await rotation.RotateAsync(service.OrganizationId, service.Id, pair, context.RequestAborted);
        AuditNote.Set(context, PublicId.Service(service.Id), $"{(body.PrivateKey is null ? "generated" : "imported")} {pair.PublicKey}");
        var stored = await keys.ListAsync(service.OrganizationId, service.Id, context.RequestAborted);
        return TypedResults.Json(
            VapidPair.Of(stored.Single(key => key.PublicKey == pair.PublicKey)),
            ManageResourcesJson.Default.VapidPair,
            statusCode: StatusCodes.Status201Created
        );
    }

    public static async Task<IResult> RetireAsync(HttpContext context, string public_key, VapidRotation rotation)
    {
        var service = ManageGate.ServiceOf(context);
        AuditNote.Set(context, PublicId.Service(service.Id), public_key);
        return await rotation.RetireAsync(service.OrganizationId, service.Id, public_key, context.RequestAborted) switch
        {
            null => TypedResults.NoContent(),
            Failure.NotFound => ManageErrors.Of(new Failure.NotFound($"The service has no VAPID key {public_key}.")),
            var inUse => ManageErrors.Of(new Failure.Conflict(inUse.Sentence)),
        };
    }

    /// <summary>Only looks: what is brought along is neither kept nor logged.</summary>
    public static async Task<IResult> CheckAsync(HttpContext context)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.VapidCheckBody, JsonBody.SmallLimit);
        return body is null ? ManageErrors.Of(refusal!) : TypedResults.Json(Check(body), ManageResourcesJson.Default.VapidCheck);
    }

    private static VapidCheck Check(VapidCheckBody body)
    {
        if (!VapidKeys.TryImport(body.PrivateKey, out var pair, out var problem))
        {
            return new VapidCheck(IsValid: false, PublicKey: null, problem);
        }

        return string.IsNullOrEmpty(body.PublicKey) || VapidKeys.TryImport(body.PublicKey, body.PrivateKey, out _, out problem)
            ? new VapidCheck(IsValid: true, pair.PublicKey, Problem: null)
            : new VapidCheck(IsValid: false, pair.PublicKey, problem);
    }
}
