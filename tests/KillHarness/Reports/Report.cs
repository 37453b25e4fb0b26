using System.Text.Json;
using System.Text.Json.Serialization;
using Pushbell.KillHarness.Books;

namespace Pushbell.KillHarness.Reports;

/// <summary>The figures of one run, or of many added up.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public int Cycles { get; init; }

    /// <summary>kill -9 while it worked or started.</summary>
    public int Kills { get; init; }

    public int Stalls { get; init; }

    /// <summary>The database was away.</summary>
    public int Outages { get; init; }

    /// <summary>Faults that came while deliveries were pending.</summary>
    public int FaultsUnderWork { get; init; }

    public int Sends { get; init; }

    /// <summary>Requests whose connection broke before an answer.</summary>
    public int BrokenCalls { get; init; }

    /// <summary>Answers with a 5xx.</summary>
    public int ServerErrors { get; init; }

    /// <summary>Requests that were made again with their Idempotency-Key.</summary>
    public int RepeatedCalls { get; init; }

    /// <summary>Recipients of all sends that exist.</summary>
    public long Deliveries { get; init; }

    public long Accepted { get; init; }

    /// <summary>Messages that the push services took.</summary>
    public long Copies { get; init; }

    public int ExtraCopies { get; init; }

    /// <summary>Extra copies whose push service took the message and kept its answer.</summary>
    public int AmbiguousCopies { get; init; }

    /// <summary>Extra copies because a lease lapsed although nothing was done to its holder: the machine was too slow for the short lease.</summary>
    public int UnprovokedCopies { get; init; }

    /// <summary>The most extra copies that go back to one kill or stall, for each node that it hit.</summary>
    public int WorstPerNode { get; init; }

    /// <summary>The most extra copies that go back to one outage of the database.</summary>
    public int WorstPerOutage { get; init; }

    public int Lost { get; init; }

    public int Endless { get; init; }

    /// <summary>The sum of what was missing or too much.</summary>
    public long CreditDifference { get; init; }

    public TimeSpan Duration { get; init; }

    [JsonIgnore]
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Report operator +(Report one, Report other) =>
        new()
        {
            Cycles = one.Cycles + other.Cycles,
            Kills = one.Kills + other.Kills,
            Stalls = one.Stalls + other.Stalls,
            Outages = one.Outages + other.Outages,
            FaultsUnderWork = one.FaultsUnderWork + other.FaultsUnderWork,
            Sends = one.Sends + other.Sends,
            BrokenCalls = one.BrokenCalls + other.BrokenCalls,
            ServerErrors = one.ServerErrors + other.ServerErrors,
            RepeatedCalls = one.RepeatedCalls + other.RepeatedCalls,
            Deliveries = one.Deliveries + other.Deliveries,
            Accepted = one.Accepted + other.Accepted,
            Copies = one.Copies + other.Copies,
            ExtraCopies = one.ExtraCopies + other.ExtraCopies,
            AmbiguousCopies = one.AmbiguousCopies + other.AmbiguousCopies,
            UnprovokedCopies = one.UnprovokedCopies + other.UnprovokedCopies,
            WorstPerNode = Math.Max(one.WorstPerNode, other.WorstPerNode),
            WorstPerOutage = Math.Max(one.WorstPerOutage, other.WorstPerOutage),
            Lost = one.Lost + other.Lost,
            Endless = one.Endless + other.Endless,
            CreditDifference = one.CreditDifference + other.CreditDifference,
            Duration = one.Duration + other.Duration,
            Violations = [.. one.Violations, .. other.Violations],
        };
}
