using System.Diagnostics;
using System.Text.Json;
using Pushbell.Server.Cli;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>Where an operator types commands, for one database.</summary>
internal sealed class Terminal(TestDatabase storage, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Beside a server, on the database that it serves.</summary>
    public static Terminal Beside(RunningServer server, TimeProvider? clock = null) => new(server.Storage, clock ?? TimeProvider.System);

    /// <summary>Runs a command in this process, through the entry that Program uses.</summary>
    public async Task<Ended> RunAsync(params string[] line)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        // What the test gives itself counts.
        var settings = storage.ServerSettings.Where(setting => !line.Any(word => word.StartsWith($"--{setting.Key}=", StringComparison.Ordinal)));
        var exitCode = await CommandLine.RunAsync([.. line, .. settings.Select(setting => $"--{setting.Key}={setting.Value}")], output, error, clock);
        return new Ended(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the executable itself, configured by its environment.</summary>
    public async Task<Ended> RunExecutableAsync(params string[] line)
    {
        using var process = Start(line);
        return await EndAsync(process);
    }

    /// <summary>Starts the executable, configured by its environment.</summary>
    public Process Start(params string[] line)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "pushbell.exe" : "pushbell");
        // Who starts tests in the background may ignore Ctrl+C, and whom he starts inherits that.
        var start = OperatingSystem.IsLinux() ? new ProcessStartInfo("env", ["--default-signal=INT", program, .. line]) : new ProcessStartInfo(program, line);
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        foreach (var (key, value) in storage.ServerSettings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Presses Ctrl+C, and waits for the end.</summary>
    public static async Task<Ended> InterruptAsync(Process process)
    {
        await using (var kill = new ChildProgram("/", new Dictionary<string, string>(), "kill", "-INT", $"{process.Id}"))
        {
            await kill.EndAsync();
        }

        return await EndAsync(process);
    }

    private static async Task<Ended> EndAsync(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a command that must succeed, with --json.</summary>
    public async Task<JsonElement> JsonAsync(params string[] line) => (await RunAsync([.. line, "--json"])).Json;
}

/// <summary>How a command ended, and what it said.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    /// <summary>The one line of JSON of a command that succeeded.</summary>
    public JsonElement Json
    {
        get
        {
            ExitCode.ShouldBe(0, Error);
            Error.ShouldBeEmpty();
            Output.TrimEnd().ShouldNotContain('\n');
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    public void ShouldFail(int exitCode, string sentence)
    {
        ExitCode.ShouldBe(exitCode, Output + Error);
        Error.ShouldContain(sentence);
        Output.ShouldBeEmpty();
    }
}

internal static class JsonFields
{
    /// <summary>Fails unless the object has exactly these fields, in this order, with these values as JSON.</summary>
    public static void ShouldBe(this JsonElement answer, params (string Name, object? Value)[] fields)
    {
        answer.EnumerateObject().Select(field => field.Name).ShouldBe(fields.Select(field => field.Name));
        foreach (var (name, value) in fields)
        {
            answer.GetProperty(name).GetRawText().ShouldBe(JsonSerializer.Serialize(value), name);
        }
    }

    public static string Text(this JsonElement answer, string field) => answer.GetProperty(field).GetString()!;
}
