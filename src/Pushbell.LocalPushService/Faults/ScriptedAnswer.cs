namespace Pushbell.LocalPushService.Faults;

/// <summary>
/// One answer to one valid push. Requests that break a rule of the RFCs are refused as ever and use up none.
/// Without <see cref="Status"/> and <see cref="Fault"/> it is the ordinary answer.
/// </summary>
public sealed record ScriptedAnswer
{
    /// <summary>The status code, 200 to 599; 201 when not given.</summary>
    public int? Status { get; init; }

    /// <summary>The <c>Retry-After</c> header, word for word: seconds, a date, or garbage.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Further headers, such as <c>X-WNS-Status</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The body as text.</summary>
    public string? Body { get; init; }

    /// <summary>A misbehaviour in place of, or after, the status.</summary>
    public Fault? Fault { get; init; }

    /// <summary>
    /// Whether the message reaches the browser. When not given: exactly if the answer starts with a 2xx.
    /// <c>true</c> beside a lost answer is the ambiguous attempt, which a sender can only repeat.
    /// </summary>
    public bool? Deliver { get; init; }

    /// <summary>Only on the last answer of a script: it is given again and again. Otherwise ordinary answers follow.</summary>
    public bool Repeat { get; init; }

    /// <summary>The status that goes on the wire; null when none does.</summary>
    internal int? StatusOnTheWire => Fault switch
    {
        Faults.Fault.Hang or Faults.Fault.Reset or Faults.Fault.RefusedStream => null,
        Faults.Fault.Redirect => StatusCodes.Status307TemporaryRedirect,
        _ => Status ?? StatusCodes.Status201Created,
    };

    internal bool Delivers => Deliver ?? StatusOnTheWire is >= 200 and < 300;
}
