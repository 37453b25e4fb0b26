using System.Text.RegularExpressions;

namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>The tables that grow with the traffic, and whether a statement keeps to one organization's part of them.</summary>
internal static partial class HotTables
{
    private const string Names = "registration|notification|batch|stored_message|idempotency|quota_window|credit_movement|origin_state|request_window";

    /// <summary>How often the statement names one.</summary>
    public static int MentionsIn(string statement) => Mention().Count(statement);

    /// <summary>
    /// Each time that it names one it also says whose rows: as the first column that is written, or as a comparison. A tuple that begins
    /// with the organization is as good where what it is compared with is restricted in its turn.
    /// </summary>
    public static bool AreRestrictedIn(string statement) =>
        MentionsIn(statement) <= Written().Count(statement) + Compared().Count(statement) + Tuple().Count(statement);

    [GeneratedRegex($@"\b(?:FROM|JOIN|UPDATE|INTO|USING)\s+(?:{Names})\b", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Mention();

    [GeneratedRegex($@"\bINTO\s+(?:{Names})\s+(?:AS\s+\w+\s+)?\(organization_id\b", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\borganization_id\s*=\s*(?:@\w+|\w+\.organization_id|o\.id|organization)\b", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Compared();

    [GeneratedRegex(@"\(organization_id,[^()]*\)\s+IN\s+\(SELECT\s+organization_id,", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tuple();
}
