using System.Text;
using Pushbell.Dispatch;

namespace Pushbell.Server.Cli.Clients;

/// <summary>Something that was looked at; <paramref name="Level"/> is <c>ok</c>, <c>warning</c> or <c>problem</c>.</summary>
internal sealed record ReachFindingAnswer(string Level, string Sentence, string? WhatToDo, string? RegistrationId);

/// <summary>Why a person was not reached: in a sentence, and all that was looked at, the gravest first.</summary>
internal sealed record DiagnosisAnswer(string Verdict, IReadOnlyList<ReachFindingAnswer> Findings)
{
    public static DiagnosisAnswer Of(Dispatch.Troubleshooting.Diagnosis diagnosis) =>
        new(
            diagnosis.Verdict,
            [
                .. diagnosis.Findings.Select(finding => new ReachFindingAnswer(
                    finding.Level.ToString().ToLowerInvariant(),
                    finding.Words.What,
                    finding.Words.ToDo,
                    finding.Registration is { } registration ? PublicId.Registration(registration) : null
                )),
            ]
        );

    public Answer ToAnswer()
    {
        var text = new StringBuilder(Verdict).AppendLine().AppendLine();
        foreach (var finding in Findings)
        {
            text.AppendLine($"{finding.Level,-8} {(finding.RegistrationId is { } client ? client + ": " : "")}{finding.Sentence}");
            if (finding.WhatToDo is { } mend)
            {
                text.AppendLine($"{"",-8} {mend}");
            }
        }

        return Answer.Of(this, CliJson.Default.DiagnosisAnswer, text.ToString());
    }
}
