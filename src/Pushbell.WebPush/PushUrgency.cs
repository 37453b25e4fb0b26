namespace Pushbell.WebPush;

/// <summary>The urgencies of RFC 8030 §5.3, from "on power and Wi-Fi" to "low battery".</summary>
public enum PushUrgency
{
    VeryLow,
    Low,
    Normal,
    High,
}

/// <summary>The header's spelling of an urgency.</summary>
public static class PushUrgencyHeader
{
    /// <summary><c>very-low</c>, <c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public static string ToHeader(this PushUrgency urgency) =>
        urgency switch
        {
            PushUrgency.VeryLow => "very-low",
            PushUrgency.Low => "low",
            PushUrgency.Normal => "normal",
            PushUrgency.High => "high",
            _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, "Not an urgency of RFC 8030."),
        };

    /// <summary>Reads the header's spelling, exactly.</summary>
    public static bool TryParse(string? text, out PushUrgency urgency)
    {
        (var known, urgency) = text switch
        {
            "very-low" => (true, PushUrgency.VeryLow),
            "low" => (true, PushUrgency.Low),
            "normal" => (true, PushUrgency.Normal),
            "high" => (true, PushUrgency.High),
            _ => (false, PushUrgency.Normal),
        };
        return known;
    }
}
