namespace Pushbell.Server.Cli.Diagnosis;

internal enum FindingLevel
{
    Ok,

    /// <summary>It works, but not for everybody or not for good.</summary>
    Warning,

    /// <summary>It does not work, or is not safe.</summary>
    Problem,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What, in a word or two.</param>
/// <param name="Level">How it is.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Mend">What to do; null when it is well.</param>
internal sealed record Finding(string Subject, FindingLevel Level, string Sentence, string? Mend)
{
    public static Finding Ok(string subject, string sentence) => new(subject, FindingLevel.Ok, sentence, Mend: null);

    public static Finding Warning(string subject, string sentence, string mend) => new(subject, FindingLevel.Warning, sentence, mend);

    public static Finding Problem(string subject, string sentence, string mend) => new(subject, FindingLevel.Problem, sentence, mend);
}
