using System.CommandLine;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli.Diagnosis;

/// <summary><c>pushbell doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Create(CommandRunner runner)
    {
        var offline = new Option<bool>("--offline")
        {
            Description = "Ask no public push service; only trusted origins, and hosts that a development route leads elsewhere.",
        };
        return runner.RunsAtRest(
            new Command("doctor", "Check what an installation depends on, and say how to mend what is not well. Opens the database as the server would.")
            {
                offline,
            },
            async rest =>
            {
                var findings = new List<Finding>();
                await foreach (var finding in ExamineAsync(rest, rest.Line.GetValue(offline)))
                {
                    findings.Add(finding);
                }

                return FindingsAnswer.Of(findings).ToAnswer();
            }
        );
    }

    /// <summary>From the outside in: what depends on something that is not well is left out.</summary>
    private static async IAsyncEnumerable<Finding> ExamineAsync(AtRest rest, bool offline)
    {
        var (settings, refused) = SettingsDiagnosis.Read(rest);
        yield return refused ?? Finding.Ok("configuration", "Every setting is known, and has a value that it can have.");
        if (settings is null)
        {
            yield break;
        }

        foreach (var finding in SettingsDiagnosis.Examine(settings))
        {
            yield return finding;
        }

        await foreach (var finding in PushServiceDiagnosis.ExamineAsync(settings, rest.Clock, offline, rest.Cancellation))
        {
            yield return finding;
        }

        if (await OpenAsync(rest) is { } closed)
        {
            yield return closed;
            yield break;
        }

        await using var services = rest.Builder.Services.BuildServiceProvider();
        await using var database = services.GetRequiredService<Database>();
        var operation = new Operation(rest.Line, services, rest.Cancellation);
        await foreach (var finding in DatabaseDiagnosis.ExamineAsync(operation, settings))
        {
            yield return finding;
        }

        await foreach (var finding in TenantDiagnosis.ExamineAsync(operation))
        {
            yield return finding;
        }
    }

    /// <returns>Null when it is open; the builder's services then have it.</returns>
    private static async Task<Finding?> OpenAsync(AtRest rest)
    {
        try
        {
            await Installation.OpenAsync(rest.Builder, rest.Clock, rest.Cancellation);
            return null;
        }
        catch (StorageOutageException exception)
        {
            return Finding.Problem("database", exception.Message, "See that it runs, that ConnectionStrings:Pushbell names it, and that this machine may reach it.");
        }
        catch (Exception exception) when (exception is BadSettingException or UnusableDatabaseException)
        {
            return Finding.Problem("database", "It cannot be used as it is.", exception.Message);
        }
    }
}
