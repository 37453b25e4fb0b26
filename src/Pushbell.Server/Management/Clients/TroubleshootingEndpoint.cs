using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Troubleshooting;

namespace Pushbell.Server.Management.Clients;

internal static class TroubleshootingEndpoint
{
    public static async Task<IResult> AskAsync(HttpContext context, Troubleshooter troubleshooter, TimeProvider clock)
    {
        if (!PersonOf(context.Request.Query).TryGet(out var person, out var bad))
        {
            return ManageErrors.Of(bad);
        }

        var diagnosis = await troubleshooter.RunAsync(ManageGate.CallerOf(context), person, context.RequestAborted);
        return TypedResults.Json(Troubleshooting.Of(diagnosis, clock.GetUtcNow()), ManageResourcesJson.Default.Troubleshooting);
    }

    private static Result<Person> PersonOf(IQueryCollection query)
    {
        var (email, user, client) = (query["user_email"].ToString(), query["user_id"].ToString(), query["registration_id"].ToString());
        if (new[] { email, user, client }.Count(text => text.Length > 0) != 1)
        {
            return new Failure.InvalidRequest("Say who was not reached with exactly one of user_email, user_id, registration_id.");
        }

        if (email.Length > 0)
        {
            return SubscriberEmails.Normalize(email) is { } address ? new Person.Email(address) : new Failure.InvalidRequest("user_email is not an email address.");
        }

        if (user.Length > 0)
        {
            return user.Contains('\0', StringComparison.Ordinal)
                ? new Failure.InvalidRequest("user_id must not hold a null character, which is in no text that could be stored.")
                : new Person.UserId(user);
        }

        return PublicId.TryRegistration(client, out var id)
            ? new Person.Client(id)
            : new Failure.InvalidRequest("registration_id must look like reg_… and 13 characters.");
    }
}
