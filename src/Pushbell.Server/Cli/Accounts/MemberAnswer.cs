using Pushbell.Dispatch;
using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Cli.Accounts;

/// <summary>A member of an organization.</summary>
internal sealed record MemberAnswer(string AccountId, string Email, string Role, bool HasTotp, DateTime CreatedAt, DateTime? LastSeenAt)
{
    public static MemberAnswer Of(MemberInfo member) =>
        new(
            PublicId.Account(member.AccountId),
            member.Email,
            member.Role,
            member.HasTotp,
            DateTimeOffset.FromUnixTimeMilliseconds(member.CreatedAt).UtcDateTime,
            member.LastSeenAt is { } seen ? DateTimeOffset.FromUnixTimeMilliseconds(seen).UtcDateTime : null
        );

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.MemberAnswer,
            $"{heading}\n\n" + Table.Properties(("account", AccountId), ("email", Email), ("role", Role))
        );
}

internal sealed record MembersAnswer(IReadOnlyList<MemberAnswer> Members)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.MembersAnswer,
            Table.List(
                ["account", "email", "role", "second factor", "since", "last seen"],
                Members.Select(member =>
                    new[]
                    {
                        member.AccountId,
                        member.Email,
                        member.Role,
                        AccountsAnswer.YesOrNo(member.HasTotp),
                        Table.Moment(member.CreatedAt),
                        Table.Moment(member.LastSeenAt),
                    }
                )
            )
        );
}
