using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Conformance;

/// <summary>The rows of one class, found by name, so that each shows as a test of its own.</summary>
internal sealed class RowSet(params IEnumerable<Row>[] parts)
{
    private readonly Dictionary<string, Row> rows = parts.SelectMany(part => part).ToDictionary(row => row.Name, StringComparer.Ordinal);

    public TheoryData<string> Names => [.. rows.Keys];

    public IEnumerable<Row> All => rows.Values;

    public async Task VerifyAsync(string name, Stage stage)
    {
        var row = rows[name];
        var before = row.Expected.Status >= 400 ? await DatabaseContents.ReadAsync(stage.Server) : null;
        using var request = row.Call.ToRequest(stage.Resolve);
        using var response = await stage.Server.Http.SendAsync(request);

        var body = stage.Name(await response.Content.ReadAsStringAsync());
        var explanation = $"\"{row.Cites}\"";
        body.ShouldBe(stage.Name(row.Expected.Body), explanation);
        ((int)response.StatusCode).ShouldBe(row.Expected.Status, explanation);
        response.Content.Headers.ContentType?.ToString().ShouldBe("application/json; charset=utf-8", explanation);
        foreach (var (header, value) in row.Expected.Headers)
        {
            HeaderOf(response, header).ShouldBe(value, $"{header}: {explanation}");
        }

        if (before is not null)
        {
            (await DatabaseContents.ReadAsync(stage.Server)).ShouldBe(before, $"A refused request must change nothing: {explanation}");
        }
    }

    /// <summary>All values of a header, of the answer or of its body; null when it is missing.</summary>
    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.Concat(response.Content.Headers).Where(header => header.Key == name).SelectMany(header => header.Value).ToArray()
            is { Length: > 0 } values
            ? string.Join(", ", values)
            : null;
}
