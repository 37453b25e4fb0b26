using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Registrations;

/// <summary>Which registrations to list, newest first.</summary>
public sealed record RegistrationFilter
{
    public RegistrationStatus? Status { get; init; }

    /// <summary>Normalized.</summary>
    public string? Email { get; init; }

    public string? UserId { get; init; }

    /// <summary>Exactly the email, the user id or the public id.</summary>
    public string? Search { get; init; }

    public int Limit { get; init; } = 100;

    public int Offset { get; init; }

    /// <summary>Only those older than this one: a cursor for lists too deep to skip through.</summary>
    public long? After { get; init; }
}

public sealed record RegistrationPage(IReadOnlyList<Registration> Registrations, long Total);

/// <param name="Registered">For the first time.</param>
/// <param name="Ended">And not active again since.</param>
public sealed record RegistrationMovement(long Registered, long Ended);

public sealed class RegistrationQueries(Database database, SubscriberEmails emails)
{
    private const string Columns = """
        organization_id, service_id, id, status, status_reason, sealed_email, user_id, device_info, is_installed, language, time_zone,
        notification_count, endpoint, last_notified_at, last_active_at, created_at, (
            SELECT v.is_current FROM vapid_key v WHERE v.organization_id = registration.organization_id
                AND v.service_id = registration.service_id AND v.id = registration.vapid_key_id) AS has_current_key
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

    /// <returns>Those of them that this service has, in no order.</returns>
    public async Task<IReadOnlyList<Registration>> FindAsync(Caller caller, IReadOnlyCollection<long> registrations, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            session =>
                session.ListAsync<Row>(
                    $"""
                    SELECT {Columns} FROM registration
                    WHERE organization_id = @OrganizationId AND service_id = @ServiceId AND {session.Dialect.In("id", "@ids")}
                    """,
                    new
                    {
                        caller.OrganizationId,
                        caller.ServiceId,
                        ids = session.Dialect.List(registrations),
                    }
                ),
            cancellationToken
        );
        return [.. rows.Select(Map)];
    }

    /// <summary>How many came and went since a moment. Who came, went and came again counts once.</summary>
    public Task<RegistrationMovement> MovementAsync(Caller caller, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var values = new
                {
                    caller.OrganizationId,
                    caller.ServiceId,
                    // Ids grow with time: no index of its own is needed.
                    first = IdGenerator.FirstOf(since),
                    since = since.ToUnixTimeMilliseconds(),
                };
                const string scope = "organization_id = @OrganizationId AND service_id = @ServiceId";
                return new RegistrationMovement(
                    await session.FirstAsync<long>($"SELECT count(*) FROM registration WHERE {scope} AND id >= @first", values),
                    await session.FirstAsync<long>($"SELECT count(*) FROM registration WHERE {scope} AND ended_at >= @since AND status <> 0", values)
                );
            },
            cancellationToken
        );

    public Task<RegistrationPage> ListAsync(Caller caller, RegistrationFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async session =>
            {
                var where =
                    "organization_id = @organization AND service_id = @service"
                    + (filter.Status is null ? "" : " AND status = @status")
                    + (filter.Email is null ? "" : " AND email_hash = @emailHash")
                    + (filter.UserId is null ? "" : " AND user_id = @UserId")
                    + (filter.Search is null ? "" : " AND (id = @searchedId OR email_hash = @searchedHash OR user_id = @Search)");
                var values = new
                {
                    organization = caller.OrganizationId,
                    service = caller.ServiceId,
                    status = (int?)filter.Status,
                    emailHash = filter.Email is { } email ? emails.Hash(caller.OrganizationId, email) : null,
                    filter.UserId,
                    filter.Search,
                    searchedId = PublicId.TryRegistration(filter.Search ?? "", out var id) ? id : (long?)null,
                    searchedHash = SubscriberEmails.Normalize(filter.Search ?? "") is { } searched ? emails.Hash(caller.OrganizationId, searched) : null,
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
            PushService = PushServices.OriginOf(row.Endpoint),
            HasCurrentKey = row.HasCurrentKey != 0,
            LastNotifiedAt = Moment(row.LastNotifiedAt),
            LastActiveAt = Moment(row.LastActiveAt),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        };

    private static DateTimeOffset? Moment(long? milliseconds) =>
        milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

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

        public string Endpoint { get; init; } = "";

        public int HasCurrentKey { get; init; }

        public long? LastNotifiedAt { get; init; }

        public long? LastActiveAt { get; init; }

        public long CreatedAt { get; init; }
    }
}
