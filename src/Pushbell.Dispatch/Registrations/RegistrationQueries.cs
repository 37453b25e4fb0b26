using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Which registrations to list, newest first.</summary>
public sealed record RegistrationFilter
{
    public RegistrationStatus? Status { get; init; }

    /// <summary>Normalized.</summary>
    public string? Email { get; init; }

    public int Limit { get; init; } = 100;

    public int Offset { get; init; }

    /// <summary>Only those older than this one: a cursor for lists too deep to skip through.</summary>
    public long? After { get; init; }
}

public sealed record RegistrationPage(IReadOnlyList<Registration> Registrations, long Total);

public sealed class RegistrationQueries(Database database, SubscriberEmails emails)
{
    private const string Columns = """
        organization_id, service_id, id, status, status_reason, sealed_email, user_id, device_info, is_installed, language, time_zone,
        notification_count, last_active_at, created_at
        """;

    /// <returns>Null when this service has no such registration.</returns>
    public async Task<Registration?> FindAsync(Caller caller, long registration, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            session =>
                session.FirstAsync<Row>(
                    $"""
                    SELECT {Columns} FROM registration
                    WHERE organization_id = @organization AND service_id = @service AND id = @registration
                    """,
                    new { organization = caller.OrganizationId, service = caller.ServiceId, registration }
                ),
            cancellationToken
        );
        return row is null ? null : Map(row);
    }

    public Task<RegistrationPage> ListAsync(Caller caller, RegistrationFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var where =
                    "organization_id = @organization AND service_id = @service"
                    + (filter.Status is null ? "" : " AND status = @status")
                    + (filter.Email is null ? "" : " AND email_hash = @emailHash");
                var values = new
                {
                    organization = caller.OrganizationId,
                    service = caller.ServiceId,
                    status = (int?)filter.Status,
                    emailHash = filter.Email is { } email ? emails.Hash(caller.OrganizationId, email) : null,
                    filter.Limit,
                    filter.Offset,
                    filter.After,
                };
                var rows = await session.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM registration WHERE {where}{(filter.After is null ? "" : " AND id < @After")}
                    ORDER BY id DESC LIMIT @Limit OFFSET @Offset
                    """,
                    values
                );
                var total = await session.FirstAsync<long>($"SELECT count(*) FROM registration WHERE {where}", values);
                return new RegistrationPage([.. rows.Select(Map)], total);
            },
            cancellationToken
        );

    private Registration Map(Row row) =>
        new()
        {
            OrganizationId = row.OrganizationId,
            ServiceId = row.ServiceId,
            Id = row.Id,
            Status = (RegistrationStatus)row.Status,
            StatusReason = row.StatusReason,
            Email = row.SealedEmail is { } box ? emails.Open(row.OrganizationId, row.Id, box) : null,
            UserId = row.UserId,
            DeviceInfo = row.DeviceInfo,
            IsInstalled = row.IsInstalled != 0,
            Language = row.Language,
            TimeZone = row.TimeZone,
            NotificationCount = row.NotificationCount,
            LastActiveAt = row.LastActiveAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        };

    private sealed record Row
    {
        public long OrganizationId { get; init; }

        public long ServiceId { get; init; }

        public long Id { get; init; }

        public int Status { get; init; }

        public string? StatusReason { get; init; }

        public byte[]? SealedEmail { get; init; }

        public string? UserId { get; init; }

        public string? DeviceInfo { get; init; }

        public int IsInstalled { get; init; }

        public string? Language { get; init; }

        public string? TimeZone { get; init; }

        public long NotificationCount { get; init; }

        public long? LastActiveAt { get; init; }

        public long CreatedAt { get; init; }
    }
}
