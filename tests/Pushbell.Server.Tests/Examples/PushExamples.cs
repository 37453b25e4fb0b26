namespace Pushbell.Server.Tests.Examples;

/// <summary>The programs and commands on the page of /v2/push, found by how they begin.</summary>
/// <param name="Node">An ES module with a top-level await.</param>
/// <param name="Python">A script.</param>
/// <param name="Go">Package main, without a function main.</param>
/// <param name="Curl">Shell commands.</param>
internal sealed record PushExamples(string Node, string Python, string Go, IReadOnlyList<string> Curl)
{
    private const string BaseUrl = "https://api.cloudsignal.io";

    public static PushExamples In(string page)
    {
        var lines = page.Split('\n').Select(line => line.TrimEnd()).ToArray();
        var node = Array.FindIndex(lines, line => line.StartsWith("// Node.js", StringComparison.Ordinal));
        var python = Array.IndexOf(lines, "import os", node);
        var go = Array.IndexOf(lines, "package main", python);
        var shell = Array.FindIndex(lines, go, line => line.StartsWith('#') || line.StartsWith("curl ", StringComparison.Ordinal));
        return new PushExamples(Join(lines[node..python]), Join(lines[python..go]), Join(lines[go..shell]), ShellCommands.In(page));
    }

    /// <summary>The same for another installation.</summary>
    public PushExamples At(Uri server)
    {
        return new PushExamples(Move(Node), Move(Python), Move(Go), [.. Curl.Select(Move)]);

        string Move(string example)
        {
            example.ShouldContain(BaseUrl);
            return example.Replace(BaseUrl, server.GetLeftPart(UriPartial.Authority));
        }
    }

    private static string Join(string[] lines) => string.Join('\n', lines).Trim('\n') + "\n";
}
