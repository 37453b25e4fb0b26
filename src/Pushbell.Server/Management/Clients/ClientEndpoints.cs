using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;
using Pushbell.Server.Management.Notifications;

namespace Pushbell.Server.Management.Clients;

internal static class ClientEndpoints
{
    public static async Task<IResult> ListAsync(HttpContext context, RegistrationQueries registrations, TimeProvider clock)
    {
        if (!ClientFilter.WithSearch(context.Request.Query).TryGet(out var filter, out var bad))
        {
            return ManageErrors.Of(bad);
        }

        var page = await registrations.ListAsync(ManageGate.CallerOf(context), filter with { Limit = filter.Limit + 1 }, context.RequestAborted);
        var (shown, last) = Paging.Cut(page.Registrations, filter.Limit);
        var now = clock.GetUtcNow();
        return TypedResults.Json(
            new ClientList([.. shown.Select(client => Client.Of(client, now))], page.Total, last is null ? null : PublicId.Registration(last.Id)),
            ManageResourcesJson.Default.ClientList
        );
    }

    public static async Task<IResult> GetAsync(HttpContext context, string registration_id, RegistrationQueries registrations, TimeProvider clock) =>
        await FindAsync(context, registration_id, registrations) is { } client
            ? TypedResults.Json(Client.Of(client, clock.GetUtcNow()), ManageResourcesJson.Default.Client)
            : NotFound(registration_id);

    public static async Task<IResult> DeregisterAsync(HttpContext context, string registration_id, EndRegistration end)
    {
        var reason = ClientFilter.ReasonOf(context.Request.Query);
        if (
            !PublicId.TryRegistration(registration_id, out var id)
            || !await end.DeregisterAsync(ManageGate.CallerOf(context), id, reason, context.RequestAborted)
        )
        {
            return NotFound(registration_id);
        }

        AuditNote.Set(context, registration_id, reason);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> TestAsync(HttpContext context, string registration_id, RegistrationQueries registrations, SendEndpoint send)
    {
        if (await FindAsync(context, registration_id, registrations) is not { } client)
        {
            return NotFound(registration_id);
        }

        if (client.Status != RegistrationStatus.Active)
        {
            return ManageErrors.Of(
                new Failure.Conflict($"This client is {StatusNames.Of(client.Status)}, so nothing is sent to it; the person must open the site and allow notifications again.")
            );
        }

        var content = new NotificationContent { Title = "Test notification", Body = $"{ManageGate.ServiceOf(context).Name} can reach this device." };
        return await send.RunAsync(context, new SendRequest(ManageGate.CallerOf(context), new Target.RegistrationIds([registration_id]), content));
    }

    /// <summary>Registers the browser that asks, under the email of its account, so that a test can be sent to it.</summary>
    public static async Task<IResult> RegisterThisBrowserAsync(HttpContext context, RegisterClient register, RegistrationQueries registrations, TimeProvider clock)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageResourcesJson.Default.ThisBrowserBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var manager = ManageGate.ManagerOf(context);
        if (manager.AccountId is null)
        {
            return ManageErrors.Of(new Failure.Conflict("A browser is registered under the email of an account, and a management key has none: sign in to do this."));
        }

        if (!SubscriptionBody.Parse(body.Subscription).TryGet(out var subscription, out var badSubscription))
        {
            return ManageErrors.Of(badSubscription);
        }

        var device = DeviceInfo.ToJson(body.DeviceInfo);
        if (device.Failure is { } badDevice)
        {
            return ManageErrors.Of(badDevice);
        }

        var (caller, ended) = (ManageGate.CallerOf(context), context.RequestAborted);
        var email = SubscriberEmails.Normalize(manager.Name);
        var result = await register.RunAsync(
            new NewRegistration(caller, subscription)
            {
                Email = email,
                KeepEmail = true,
                DeviceInfo = device.Value,
            },
            ended
        );
        if (!result.TryGet(out var registered, out var failure))
        {
            return ManageErrors.Of(failure);
        }

        AuditNote.Set(context, PublicId.Registration(registered.RegistrationId), email);
        var stored = await registrations.FindAsync(caller, registered.RegistrationId, ended);
        return TypedResults.Json(Client.Of(stored!, clock.GetUtcNow()), ManageResourcesJson.Default.Client, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Registration?> FindAsync(HttpContext context, string registration, RegistrationQueries registrations) =>
        PublicId.TryRegistration(registration, out var id) ? await registrations.FindAsync(ManageGate.CallerOf(context), id, context.RequestAborted) : null;

    private static IResult NotFound(string registration) => ManageErrors.Of(new Failure.NotFound($"There is no client {registration}."));
}
