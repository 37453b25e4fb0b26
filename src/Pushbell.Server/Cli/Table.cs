using System.Text;

namespace Pushbell.Server.Cli;

/// <summary>Columns for people: as wide as their widest cell, two blanks between them.</summary>
internal static class Table
{
    private const string Gap = "  ";

    /// <summary>A list with a heading for each column.</summary>
    public static string List(string[] headings, IEnumerable<string[]> rows) =>
        Align([[.. headings.Select(heading => heading.ToUpperInvariant())], .. rows]);

    /// <summary>One thing, a line for each of its properties.</summary>
    public static string Properties(params (string Name, string Value)[] properties) =>
        Align([.. properties.Select(property => new[] { property.Name, property.Value })]);

    /// <summary>A moment in UTC, to the second; "-" for never.</summary>
    public static string Moment(DateTime? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss'Z'") ?? "-";

    private static string Align(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }
}
