using System.Text;

namespace Pushbell.Server.Cli.Diagnosis;

/// <summary>One finding; <paramref name="Level"/> is <c>ok</c>, <c>warning</c> or <c>problem</c>.</summary>
internal sealed record FindingAnswer(string Subject, string Level, string Sentence, string? Mend)
{
    public static FindingAnswer Of(Finding finding) =>
        new(finding.Subject, finding.Level.ToString().ToLowerInvariant(), finding.Sentence, finding.Mend);
}

/// <summary>All findings in the order in which they were made. <paramref name="IsWell"/> when none is a problem.</summary>
internal sealed record FindingsAnswer(bool IsWell, int Warnings, int Problems, IReadOnlyList<FindingAnswer> Findings)
{
    public static FindingsAnswer Of(IReadOnlyList<Finding> findings)
    {
        var problems = findings.Count(finding => finding.Level == FindingLevel.Problem);
        var warnings = findings.Count(finding => finding.Level == FindingLevel.Warning);
        return new FindingsAnswer(problems == 0, warnings, problems, [.. findings.Select(FindingAnswer.Of)]);
    }

    public Answer ToAnswer() =>
        Answer.Of(this, CliJson.Default.FindingsAnswer, Text()) with { ExitCode = IsWell ? ExitCode.Done : ExitCode.Failed };

    private string Text()
    {
        var (levels, subjects) = (Findings.Max(finding => finding.Level.Length), Findings.Max(finding => finding.Subject.Length));
        var text = new StringBuilder();
        foreach (var finding in Findings)
        {
            var start = $"{finding.Level.PadRight(levels)}  {finding.Subject.PadRight(subjects)}  ";
            text.AppendLine(start + finding.Sentence);
            if (finding.Mend is { } mend)
            {
                text.AppendLine(new string(' ', start.Length) + mend);
            }
        }

        var total = $"{Count(Problems, "problem")}, {Count(Warnings, "warning")}.";
        return text.AppendLine().Append(total).ToString();
    }

    private static string Count(int count, string noun) => $"{(count == 0 ? "No" : count)} {noun}{(count == 1 ? "" : "s")}";
}
