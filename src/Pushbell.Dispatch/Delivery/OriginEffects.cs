using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Dispatch.Delivery;

/// <summary>
/// What a group of answers says about the push services that gave them, as one organization sees them: a pause that one asks for, one that
/// refuses everybody, one that declares too many gone. The last two raise an alarm.
/// </summary>
internal sealed partial class OriginEffects(AlarmBoard alarms, TimeProvider clock, ILogger<OriginEffects> logger)
{
    // So many refusals of us in a row, and nothing but them, are no accident.
    private const int RefusalsUntilPause = 20;

    // Fewer answers prove nothing; FCM once answered 404 for many live subscriptions (June 2024).
    private const int SamplesUntilJudged = 500;
    private const double BelievableGone = 0.2;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15), SampleWindow = TimeSpan.FromHours(1), LongestGate = TimeSpan.FromDays(1);

    /// <returns>The push services whose "gone" is not to be believed.</returns>
    public async Task<IReadOnlySet<string>> ApplyAsync(Session session, BatchWork work, IReadOnlyList<Attempt> group)
    {
        var quarantined = new HashSet<string>(StringComparer.Ordinal);
        // In one order everywhere: two settlements that locked each other's push services would both have to wait until the database undoes one.
        var byOrigin = group.Where(attempt => attempt.Origin is not null).GroupBy(attempt => attempt.Origin!, StringComparer.Ordinal);
        foreach (var answers in byOrigin.OrderBy(answers => answers.Key, StringComparer.Ordinal))
        {
            var tally = OriginTally.Of(answers);
            if (tally.IsEmpty)
            {
                continue;
            }

            var (organization, origin) = (work.Key.OrganizationId, answers.Key);
            var state = await CountAsync(session, organization, origin, tally);
            if (tally.Blocked || state.Refusals >= RefusalsUntilPause)
            {
                await PauseAsync(session, organization, origin);
            }

            if (state.QuarantinedSince is not null || await IsBreakingAsync(session, organization, origin, state))
            {
                quarantined.Add(origin);
            }
        }

        return quarantined;
    }

    private async Task<State> CountAsync(Session session, long organization, string origin, OriginTally tally)
    {
        var now = clock.GetUtcNow();
        var state = await session.FirstAsync<State>(
            $"""
            INSERT INTO origin_state (organization_id, origin, closed_until, refusals, window_start, samples, gone)
            VALUES (@organization, @origin, CASE WHEN @wait > 0 THEN {session.Dialect.Now} + @wait ELSE 0 END, @Refused, @window, @Samples, @Gone)
            ON CONFLICT (organization_id, origin) DO UPDATE SET
                closed_until = CASE WHEN excluded.closed_until > origin_state.closed_until OR origin_state.closed_until > {session.Dialect.Now} + @longest
                                    THEN excluded.closed_until ELSE origin_state.closed_until END,
                refusals = excluded.refusals + CASE WHEN @Judged > 0 THEN 0 ELSE origin_state.refusals END,
                samples = excluded.samples + CASE WHEN origin_state.window_start = @window THEN origin_state.samples ELSE 0 END,
                gone = excluded.gone + CASE WHEN origin_state.window_start = @window THEN origin_state.gone ELSE 0 END,
                window_start = @window
            RETURNING refusals, samples, gone, window_start, quarantined_since
            """,
            new
            {
                organization,
                origin,
                wait = (long)(tally.RetryAfter ?? TimeSpan.Zero).TotalMilliseconds,
                Refused = tally.Judged > 0 ? 0 : tally.Refused,
                tally.Judged,
                tally.Samples,
                tally.Gone,
                window = now.ToUnixTimeMilliseconds() / (long)SampleWindow.TotalMilliseconds * (long)SampleWindow.TotalMilliseconds,
                longest = (long)LongestGate.TotalMilliseconds,
                now = now.ToUnixTimeMilliseconds(),
            }
        );
        return state!;
    }

    private async Task PauseAsync(Session session, long organization, string origin)
    {
        await session.ExecuteAsync(
            $"""
            UPDATE origin_state SET closed_until = {session.Dialect.Now} + @pause
            WHERE organization_id = @organization AND origin = @origin AND closed_until < {session.Dialect.Now} + @pause
            """,
            new
            {
                organization,
                origin,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                pause = (long)Pause.TotalMilliseconds,
            }
        );
        await RaiseAsync(
            session,
            organization,
            AlarmKind.RefusesEveryone,
            origin,
            $"{origin} refuses everything we send. Sending there is paused and tried again every {Pause.TotalMinutes:0} minutes. "
                + "Check the service's contact address (VAPID subject), its keys and this machine's clock."
        );
    }

    private async Task<bool> IsBreakingAsync(Session session, long organization, string origin, State state)
    {
        if (state.Samples < SamplesUntilJudged || state.Gone <= state.Samples * BelievableGone)
        {
            return false;
        }

        await session.ExecuteAsync(
            "UPDATE origin_state SET quarantined_since = @WindowStart WHERE organization_id = @organization AND origin = @origin",
            new
            {
                organization,
                origin,
                state.WindowStart,
            }
        );
        await Quarantine.TakeBackAsync(session, organization, origin, state.WindowStart);
        await RaiseAsync(
            session,
            organization,
            AlarmKind.MassGone,
            origin,
            $"{origin} declared {state.Gone} of {state.Samples} subscriptions gone within the hour. They are kept aside instead of expired, "
                + "and not sent to. Resolve this alarm with 'restore' if it was the push service's fault, with 'expire' if they are really gone."
        );
        return true;
    }

    private async Task RaiseAsync(Session session, long organization, AlarmKind kind, string origin, string sentence)
    {
        if (await alarms.RaiseAsync(session, organization, kind, origin, sentence))
        {
            Log.Raised(logger, PublicId.Organization(organization), kind, sentence);
        }
    }

    private sealed record State
    {
        public int Refusals { get; init; }

        public int Samples { get; init; }

        public int Gone { get; init; }

        public long WindowStart { get; init; }

        public long? QuarantinedSince { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "alarm for {Organization}: {Kind}: {Sentence}")]
        public static partial void Raised(ILogger logger, string organization, AlarmKind kind, string sentence);
    }
}
