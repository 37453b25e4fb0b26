using Pushbell.Testing;

namespace Pushbell.Server.Tests.Examples;

/// <summary>The languages of the examples, as the distribution installs them.</summary>
internal static class Toolchain
{
    /// <summary>Loopback is never reached through a proxy.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["NO_PROXY"] = "127.0.0.1,localhost",
        ["no_proxy"] = "127.0.0.1,localhost",
    };

    public static Task<string> NodeAsync(string module, string secretKey) =>
        InFolderAsync(
            async folder =>
            {
                await WriteAsync(folder, "example.mjs", module);
                return await RunAsync(folder, WithKey(secretKey), await FindAsync("Node.js", ["node", "--version"]), "example.mjs");
            }
        );

    /// <summary>The distribution's Python has the distribution's requests; another one in PATH may have neither.</summary>
    public static Task<string> PythonAsync(string script, string secretKey) =>
        InFolderAsync(
            async folder =>
            {
                await WriteAsync(folder, "example.py", script);
                var python = await FindAsync(
                    "Python with requests",
                    ["/usr/bin/python3", "-c", "import requests"],
                    ["python3", "-c", "import requests"]
                );
                return await RunAsync(folder, WithKey(secretKey), python, "example.py");
            }
        );

    /// <summary>Offline and outside of any workspace or cache of the user's.</summary>
    /// <param name="package">Package main without a function main.</param>
    /// <param name="call">Statements for a function main of its own file.</param>
    /// <param name="secretKey">For the environment.</param>
    public static Task<string> GoAsync(string package, string call, string secretKey) =>
        InFolderAsync(
            async folder =>
            {
                var go = await FindAsync("Go", ["go", "version"]);
                await WriteAsync(folder, "example.go", package);
                await WriteAsync(folder, "main.go", $"package main\n\nfunc main() {{\n{call}\n}}\n");
                await WriteAsync(folder, "go.mod", "module example\n");
                var environment = WithKey(secretKey);
                environment["GOCACHE"] = Path.Combine(folder, "cache");
                environment["GOPATH"] = Path.Combine(folder, "path");
                environment["GOFLAGS"] = "-mod=mod";
                environment["GOPROXY"] = "off";
                environment["GOTOOLCHAIN"] = "local";
                environment["CGO_ENABLED"] = "0";
                return await RunAsync(folder, environment, go, "run", ".");
            }
        );

    /// <returns>What curl wrote, and the status code on the last line.</returns>
    public static Task<(string Body, int Status)> CurlAsync(string command, string name, string secretKey) =>
        InFolderAsync(
            async folder =>
            {
                await FindAsync("curl", ["curl", "--version"]);
                // curl's own settings make it tell the status, so that the command itself stays as it is.
                await WriteAsync(folder, ".curlrc", "silent\nshow-error\nnoproxy = \"*\"\nwrite-out = \"\\n%{http_code}\"\n");
                var environment = new Dictionary<string, string>(Environment) { ["CURL_HOME"] = folder, [name] = secretKey };
                var output = await RunAsync(folder, environment, "bash", "-c", command);
                var end = output.LastIndexOf('\n');
                return (output[..end], int.Parse(output[(end + 1)..]));
            }
        );

    private static Dictionary<string, string> WithKey(string secretKey) => new(Environment) { ["CLOUDSIGNAL_SECRET_KEY"] = secretKey };

    private static Task WriteAsync(string folder, string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text);

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> run)
    {
        using var folder = new TemporaryFolder();
        return await run(folder.Path);
    }

    private static async Task<string> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string program,
        params string[] arguments
    )
    {
        await using var child = new ChildProgram(folder, environment, program, arguments);
        return await child.EndAsync();
    }

    /// <summary>The program of the first of these commands that succeeds. Without any the test is skipped, but fails where CI=true.</summary>
    private static async Task<string> FindAsync(string what, params string[][] commands)
    {
        var problems = new List<string>();
        foreach (var command in commands)
        {
            try
            {
                await RunAsync(Path.GetTempPath(), Environment, command[0], command[1..]);
                if (problems.Count > 0)
                {
                    TestContext.Current.SendDiagnosticMessage("{0}: {1} is used, since {2}", what, command[0], string.Join("; ", problems));
                }

                return command[0];
            }
            catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                problems.Add(problem.Message.Trim());
            }
        }

        var reason = $"NO {what.ToUpperInvariant()}: the page's example was not run. {string.Join("; ", problems)}";
        if (System.Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return "";
    }
}
