using System.Globalization;
using Pushbell.Dispatch;

namespace Pushbell.Server.Hosting;

/// <summary>The numbers in a list's query string.</summary>
internal static class Paging
{
    public const int DefaultLimit = 100, MaxLimit = 1_000;

    public static Result<int> LimitOf(IQueryCollection query) =>
        TryNumber(query["limit"], DefaultLimit, 1, MaxLimit, out var limit)
            ? limit
            : new Failure.InvalidRequest($"limit must be a whole number from 1 to {MaxLimit}.");

    /// <summary>Cuts a page that was read one longer than is shown, to see whether another is behind it.</summary>
    /// <returns>What is shown, and its last entry if more are behind it.</returns>
    public static (IEnumerable<T> Shown, T? Last) Cut<T>(IReadOnlyList<T> page, int limit)
        where T : class => (page.Take(limit), page.Count > limit ? page[limit - 1] : null);

    /// <returns>False when the text is there and no whole number of the range.</returns>
    public static bool TryNumber(string? text, int otherwise, int least, int most, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
