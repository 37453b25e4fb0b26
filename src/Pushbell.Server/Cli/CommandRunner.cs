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
internal sealed record AtRest(ParseResult Line, WebApplicationBuilder Builder, TimeProvider Clock, CancellationToken Cancellation)
{
    public IConfiguration Configuration => Builder.Configuration;
}

/// <summary>
/// Opens the installation for a command, runs it, and writes what it answers: text for people, one line of JSON with --json.
/// A refusal is one sentence on the error stream.
/// </summary>
internal sealed class CommandRunner(string[] settings, TimeProvider clock)
{
    // ECMA-48: to the first line, and erase from there.
    private const string ClearScreen = "\e[H\e[2J";
    private static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(2);
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
                RunAsync(line, async () => await run(new AtRest(line, Installation.Configure(settings), clock, cancellation)), cancellation)
        );
        return command;
    }

    /// <summary>Looks once, or with --watch again and again until it is stopped; on a terminal each look takes the place of the one before.</summary>
    public Command Watches(Command command, Func<Operation, Task<Answer>> look)
    {
        var watch = new Option<bool>("--watch") { Description = $"Look again every {WatchPause.TotalSeconds:0} seconds until stopped with Ctrl+C." };
        command.Add(watch);
        return Runs(command, async operation => operation.Line.GetValue(watch) ? await WatchAsync(operation, look) : await look(operation));
    }

    private async Task<Answer> WatchAsync(Operation operation, Func<Operation, Task<Answer>> look)
    {
        var (line, output) = (operation.Line, operation.Line.InvocationConfiguration.Output);
        var clear = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && !line.GetValue(json) ? ClearScreen : "";
        try
        {
            while (true)
            {
                var answer = await look(operation);
                await output.WriteLineAsync(clear + (line.GetValue(json) ? answer.Json : answer.Text));
                await Task.Delay(WatchPause, clock, operation.Cancellation);
            }
        }
        catch (OperationCanceledException) when (operation.Cancellation.IsCancellationRequested)
        {
            return Answer.Nothing;
        }
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

            if (answer != Answer.Nothing)
            {
                await output.WriteLineAsync(line.GetValue(json) ? answer.Json : answer.Text);
            }

            return answer.ExitCode;
        }
        catch (Exception exception) when (exception is BadSettingException or UnusableDatabaseException or StorageOutageException)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
        // A file that the line names, and that this user may not read or make.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
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
