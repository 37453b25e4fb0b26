using System.Text.Json;

namespace Pushbell.WebPush;

/// <summary>Words of a push service, made fit for a <see cref="DeliveryOutcome.Reason"/>.</summary>
internal static class ReasonText
{
    private const int MaxLength = 64;

    /// <summary>The text when it is short plain words, else null.</summary>
    public static string? Clean(string? text)
    {
        var trimmed = text?.Trim().TrimEnd('.');
        return trimmed is { Length: > 0 and <= MaxLength } && trimmed.All(IsPlain) ? trimmed : null;
    }

    /// <summary>One member of a JSON object; null when the text is no such thing.</summary>
    public static JsonElement? Member(string json, string name)
    {
        // An acceptance has no body, a proxy's refusal is HTML: for neither must an exception be made and thrown, which costs as much as the sending.
        if (!json.AsSpan().TrimStart().StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var member)
                ? member.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is ' ' or '-' or '_' or '.';
}
