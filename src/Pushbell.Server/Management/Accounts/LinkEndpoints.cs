using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Accounts;

internal static class LinkEndpoints
{
    public static async Task<IResult> LookAsync(HttpContext context, LinkUse links)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.LinkBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (body.Token is not { } token)
        {
            return ManageErrors.Of(new Failure.InvalidRequest("token is required."));
        }

        return (await links.LookAsync(token, context.RequestAborted)).TryGet(out var link, out var failure)
            ? TypedResults.Json(LinkInfo.Of(link), ManageJson.Default.LinkInfo)
            : ManageErrors.Of(failure);
    }

    public static async Task<IResult> UseAsync(HttpContext context, LinkUse links, AccountBook accounts)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.LinkUseBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (body is not { Token: { } token, Password: { } password })
        {
            return ManageErrors.Of(new Failure.InvalidRequest("token and password are required."));
        }

        var outcome = await links.UseAsync(
            token,
            password,
            body.Code,
            SessionEndpoints.VisitorOf(context),
            email => AuditNote.Take(context, email),
            context.RequestAborted
        );
        if (outcome is not LinkOutcome.SignedIn signedIn)
        {
            return outcome is LinkOutcome.Unproved unproved ? CredentialAnswers.Of(unproved.Check) : ManageErrors.Of(((LinkOutcome.Refused)outcome).Failure);
        }

        return await SessionEndpoints.BeginAsync(context, accounts, signedIn.AccountId, signedIn.Token);
    }
}
