using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli.Accounts;

/// <summary>An account; <paramref name="LastSeenAt"/> is <c>null</c> until it has signed in.</summary>
internal sealed record AccountAnswer(
    string AccountId,
    string Email,
    bool IsOperator,
    bool HasPassword,
    bool HasTotp,
    DateTime CreatedAt,
    DateTime? LastSeenAt
)
{
    public static AccountAnswer Of(AccountInfo account) =>
        new(
            PublicId.Account(account.Id),
            account.Email,
            account.IsOperator,
            account.HasPassword,
            account.HasTotp,
            DateTimeOffset.FromUnixTimeMilliseconds(account.CreatedAt).UtcDateTime,
            account.LastSeenAt is { } seen ? DateTimeOffset.FromUnixTimeMilliseconds(seen).UtcDateTime : null
        );

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.AccountAnswer,
            $"{heading}\n\n" + Table.Properties(("account", AccountId), ("email", Email), ("operator", AccountsAnswer.YesOrNo(IsOperator)))
        );
}

internal sealed record AccountsAnswer(IReadOnlyList<AccountAnswer> Accounts)
{
    public static string YesOrNo(bool value) => value ? "yes" : "no";

    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.AccountsAnswer,
            Table.List(
                ["account", "email", "operator", "password", "second factor", "created", "last seen"],
                Accounts.Select(account =>
                    new[]
                    {
                        account.AccountId,
                        account.Email,
                        YesOrNo(account.IsOperator),
                        YesOrNo(account.HasPassword),
                        YesOrNo(account.HasTotp),
                        Table.Moment(account.CreatedAt),
                        Table.Moment(account.LastSeenAt),
                    }
                )
            )
        );
}

/// <summary>A one-time link just made; it is shown this once.</summary>
internal sealed record LinkAnswer(string Email, string Link, DateTime ExpiresAt)
{
    public static LinkAnswer Of(Operation operation, string email, string token, DateTimeOffset expiresAt) =>
        new(
            email,
            DashboardLink.Of(DashboardLink.Root(operation.Use<IConfiguration>(), operation.Use<PushbellSettings>()), token),
            expiresAt.UtcDateTime
        );

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.LinkAnswer,
            $"{heading}\n\n  {Link}\n\n" + Table.Properties(("for", Email), ("good until", Table.Moment(ExpiresAt)))
        );
}
