using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli;

/// <summary>What a command works with while it runs: the line as parsed, and the opened installation.</summary>
internal sealed record Operation(ParseResult Line, IServiceProvider Services, CancellationToken Cancellation)
{
    public T Use<T>()
        where T : notnull => Services.GetRequiredService<T>();
}

/// <summary>What a command works with that needs the installation at rest: nothing is open.</summary>
internal sealed record AtRest(ParseResult Line, IConfiguration Configuration, TimeProvider Clock, CancellationToken Cancellation);

/// <summary>
/// Opens the installation for a command, runs it, and writes what it answers: text for people, one line of JSON with --json.
/// A refusal is one sentence on the error stream.
/// </summary>
internal sealed class CommandRunner(string[] settings, TimeProvider clock)
{
    private readonly Option<bool> json = new("--json") { Description = "Answer with one line of JSON." };

    /// <summary>Makes <paramref name="run"/> the action of <paramref name="command"/>.</summary>
    public Command Runs(Command command, Func<Operation, Task<Result<Answer>>> run)
    {
        command.Add(json);
        command.SetAction((line, cancellation) => RunAsync(line, () => OpenAndRunAsync(line, run, cancellation), cancellation));
        return command;
    }

    /// <summary>The same without opening the installation.</summary>
    public Command RunsAtRest(Command command, Func<AtRest, Task<Answer>> run)
    {
        command.Add(json);
        command.SetAction(
            (line, cancellation) =>
                RunAsync(line, async () => await run(new AtRest(line, Installation.Configure(settings).Configuration, clock, cancellation)), cancellation)
        );
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, Func<Task<Result<Answer>>> run, CancellationToken cancellation)
    {
        var (output, error) = (line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
        try
        {
            var result = await run();
            if (!result.TryGet(out var answer, out var failure))
            {
                await error.WriteLineAsync(failure.Sentence);
                return ExitCode.Failed;
            }

            await output.WriteLineAsync(line.GetValue(json) ? answer.Json : answer.Text);
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is BadSettingException or UnusableDatabaseException or StorageOutageException)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped. Start the command again to do what is left.");
            return ExitCode.Failed;
        }
    }

    private async Task<Result<Answer>> OpenAndRunAsync(
        ParseResult line,
        Func<Operation, Task<Result<Answer>>> run,
        CancellationToken cancellation
    )
    {
        var builder = Installation.Configure(settings);
        await Installation.OpenAsync(builder, clock, cancellation);
        await using var services = builder.Services.BuildServiceProvider();
        await using var database = services.GetRequiredService<Database>();
        return await run(new Operation(line, services, cancellation));
    }
}
