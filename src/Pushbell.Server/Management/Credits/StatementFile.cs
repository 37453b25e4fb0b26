using System.Globalization;
using System.Text;
using Domain = Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Credits;

/// <summary>A statement as a file for spreadsheets: CSV (RFC 4180), written as it is read, whatever its length.</summary>
internal static class StatementFile
{
    public const string MediaType = "text/csv; charset=utf-8";

    private const string Header = "at,kind,amount,available_after,held_after,request_id,note\r\n";

    // What makes a spreadsheet take a cell for a formula, also behind blanks that it strips.
    private static readonly char[] Beginnings = ['=', '+', '-', '@', '\t', '\r', '\n'];

    public static async Task WriteAsync(Stream body, IAsyncEnumerable<Domain.CreditMovement> movements, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync(Header.AsMemory(), cancellationToken);
        await foreach (var movement in movements.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(LineOf(CreditMovement.Of(movement)).AsMemory(), cancellationToken);
        }
    }

    internal static string LineOf(CreditMovement movement) =>
        string.Join(
            ',',
            movement.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            movement.Kind,
            movement.Amount.ToString(CultureInfo.InvariantCulture),
            movement.AvailableAfter.ToString(CultureInfo.InvariantCulture),
            movement.HeldAfter.ToString(CultureInfo.InvariantCulture),
            movement.RequestId,
            Cell(movement.Note)
        ) + "\r\n";

    /// <summary>A text that somebody chose: quoted, and no formula.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = Beginnings.Contains(text.TrimStart(' ').FirstOrDefault()) ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
