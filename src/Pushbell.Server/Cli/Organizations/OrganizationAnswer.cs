using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Organizations;

/// <summary>An organization. No limit, and no metering, is <c>null</c>.</summary>
internal sealed record OrganizationAnswer(
    string OrganizationId,
    string Name,
    string Plan,
    int? HourlyLimit,
    int? DailyLimit,
    long? Credits,
    DateTime CreatedAt
)
{
    internal string CreditsText => Credits?.ToString() ?? "not metered";

    public static OrganizationAnswer Of(OrganizationInfo organization) =>
        new(
            PublicId.Organization(organization.Id),
            organization.Name,
            organization.Plan.Name,
            organization.Plan.Hourly,
            organization.Plan.Daily,
            organization.CreditAvailable,
            DateTimeOffset.FromUnixTimeMilliseconds(organization.CreatedAt).UtcDateTime
        );

    public Answer ToAnswer(string heading) =>
        Answer.Of(
            this,
            CliJson.Default.OrganizationAnswer,
            $"{heading}\n\n"
                + Table.Properties(
                    ("organization", OrganizationId),
                    ("name", Name),
                    ("plan", $"{Plan}: {LimitText(HourlyLimit)} an hour, {LimitText(DailyLimit)} a day"),
                    ("credits", CreditsText)
                )
        );

    public static string LimitText(int? limit) => limit?.ToString() ?? "unlimited";
}

internal sealed record OrganizationsAnswer(IReadOnlyList<OrganizationAnswer> Organizations)
{
    public Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.OrganizationsAnswer,
            Table.List(
                ["organization", "name", "plan", "hourly", "daily", "credits", "created"],
                Organizations.Select(organization =>
                    new[]
                    {
                        organization.OrganizationId,
                        organization.Name,
                        organization.Plan,
                        OrganizationAnswer.LimitText(organization.HourlyLimit),
                        OrganizationAnswer.LimitText(organization.DailyLimit),
                        organization.CreditsText,
                        Table.Moment(organization.CreatedAt),
                    }
                )
            )
        );
}
