namespace Pushbell.LocalPushService.Faults;

/// <summary>Hands out scripted answers in order, each once, to requests that may come in parallel.</summary>
internal sealed class AnswerScript
{
    private static readonly ScriptedAnswer Ordinary = new();

    private readonly IReadOnlyList<ScriptedAnswer> answers;
    private int taken;

    /// <exception cref="ArgumentException">A status outside 200 to 599, or a repeat before the last answer.</exception>
    public AnswerScript(IReadOnlyList<ScriptedAnswer> answers)
    {
        if (answers.Any(answer => answer.Status is < 200 or > 599))
            throw new ArgumentException("A scripted status lies between 200 and 599.", nameof(answers));
        if (answers.SkipLast(1).Any(answer => answer.Repeat))
            throw new ArgumentException("Only the last answer of a script can repeat.", nameof(answers));
        this.answers = answers;
    }

    public ScriptedAnswer Next()
    {
        // Stops counting at the end, so that a repeated answer may be given without limit.
        var index = Volatile.Read(ref taken) < answers.Count ? Interlocked.Increment(ref taken) - 1 : answers.Count;
        if (index < answers.Count)
            return answers[index];

        return answers is [.., { Repeat: true } last] ? last : Ordinary;
    }
}
