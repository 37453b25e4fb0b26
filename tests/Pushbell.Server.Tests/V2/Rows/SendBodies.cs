using System.Text.Json;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>Bodies of a send to Ann's first browser, but for what a row changes.</summary>
internal static class SendBodies
{
    private static readonly (string Name, string Json)[] Plain =
    [
        ("title", "\"Hello!\""),
        ("body", "\"World\""),
        ("target_registration_ids", """["<ann1>"]"""),
    ];

    /// <summary>Fields as raw JSON, in the place of the plain ones or behind them.</summary>
    public static string With(params (string Name, string Json)[] fields) =>
        Of([
            .. Plain.Select(plain => fields.FirstOrDefault(field => field.Name == plain.Name, plain)),
            .. fields.Where(field => Plain.All(plain => plain.Name != field.Name)),
        ]);

    /// <summary>The same without a target but those given.</summary>
    public static string To(params (string Name, string Json)[] targets) => Of([.. Plain[..2], .. targets]);

    public static string Without(params string[] names) => Of([.. Plain.Where(field => !names.Contains(field.Name))]);

    /// <summary>A JSON string.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    public static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>A list of different texts.</summary>
    public static string Ids(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"nobody-{number}\""))}]";

    private static string Of((string Name, string Json)[] fields) =>
        $"{{{string.Join(',', fields.Select(field => $"\"{field.Name}\":{field.Json}"))}}}";
}
