using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Accounts;

/// <summary>What somebody changes about his own account.</summary>
internal static class AccountEndpoints
{
    public static async Task<IResult> ChangePasswordAsync(HttpContext context, Credentials credentials, AccountBook accounts)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.PasswordBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        if (body is not { Current: { } current, Password: { } password })
        {
            return ManageErrors.Of(new Failure.InvalidRequest("current and password are required."));
        }

        var manager = ManageGate.ManagerOf(context);
        if (PasswordRules.Problem(password, manager.Name) is { } problem)
        {
            return ManageErrors.Of(new Failure.InvalidRequest(problem));
        }

        var check = await credentials.CheckPasswordAsync(manager.Name, current, RemoteAddress.Of(context), context.RequestAborted);
        if (check is not CredentialCheck.Right right)
        {
            return CredentialAnswers.OfProof(check);
        }

        await accounts.ChangePasswordAsync(right.AccountId, manager.SessionId, password, AuditNote.Take(context), context.RequestAborted);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> ProposeTotpAsync(HttpContext context, SecondFactor factor)
    {
        var manager = ManageGate.ManagerOf(context);
        AuditNote.Set(context, PublicId.Account(manager.AccountId!.Value));
        return (await factor.ProposeAsync(manager.AccountId.Value, context.RequestAborted)).TryGet(out var secret, out var failure)
            ? TypedResults.Json(new TotpProposal(secret, Totp.Uri(secret, manager.Name)), ManageJson.Default.TotpProposal)
            : ManageErrors.Of(failure);
    }

    public static async Task<IResult> ConfirmTotpAsync(HttpContext context, SecondFactor factor)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.CodeBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var confirmed = await factor.ConfirmAsync(
            SessionEndpoints.AccountOf(context),
            body.Code?.Trim() ?? "",
            AuditNote.Take(context),
            context.RequestAborted
        );
        return confirmed.TryGet(out var codes, out var failure)
            ? TypedResults.Json(new RecoveryCodes(codes), ManageJson.Default.RecoveryCodes)
            : ManageErrors.Of(failure);
    }

    public static async Task<IResult> RemoveTotpAsync(HttpContext context, Credentials credentials, SecondFactor factor)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, ManageJson.Default.PasswordProofBody, JsonBody.SmallLimit);
        if (body is null)
        {
            return ManageErrors.Of(refusal!);
        }

        var manager = ManageGate.ManagerOf(context);
        var check = await credentials.CheckPasswordAsync(manager.Name, body.Password ?? "", RemoteAddress.Of(context), context.RequestAborted);
        if (check is not CredentialCheck.Right right)
        {
            return CredentialAnswers.OfProof(check);
        }

        await factor.RemoveAsync(right.AccountId, AuditNote.Take(context), context.RequestAborted);
        return TypedResults.NoContent();
    }
}
