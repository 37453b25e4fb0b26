using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi.Clients;

/// <summary>A folder of somebody who makes a client from our documents, outside of the checkout.</summary>
internal sealed class ClientFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment;

    /// <param name="server">The programs find its URL and keys in <c>BASE_URL</c>, <c>SECRET_KEY</c> and <c>API_KEY</c>.</param>
    public ClientFolder(RunningServer server) =>
        environment = new()
        {
            ["BASE_URL"] = server.Url.GetLeftPart(UriPartial.Authority),
            ["SECRET_KEY"] = RunningServer.SecretKey,
            ["API_KEY"] = RunningServer.ApiKey,
            ["NO_PROXY"] = "127.0.0.1",
            // Otherwise a process of MSBuild would outlive the test.
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };

    public static string Document(string name) => Repository.PathOf($"src/Pushbell.Server/openapi/{name}.json");

    public Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder.Path, file), text);

    /// <summary>Makes a folder of the checkout's visible under its name here.</summary>
    public void Link(string name, string target) => Directory.CreateSymbolicLink(Path.Combine(folder.Path, name), target);

    /// <returns>What the program wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var child = new ChildProgram(folder.Path, environment, program, arguments);
        return await child.EndAsync();
    }

    public void Dispose() => folder.Dispose();
}
