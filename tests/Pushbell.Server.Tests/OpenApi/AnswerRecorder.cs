using System.Diagnostics;
using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.OpenApi;

/// <summary>Keeps every answer that comes by, to hold it against the document that the same server serves.</summary>
internal sealed class AnswerRecorder() : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly List<Answer> answers = [];

    public IReadOnlyList<int> Statuses => [.. answers.Select(answer => answer.Status)];

    /// <summary>What the document has against the answers, and which of its operations were not answered well even once.</summary>
    /// <param name="server">The server that answered.</param>
    /// <param name="name">Its document, <c>v1</c> or <c>v2</c>.</param>
    public async Task<(IReadOnlyList<string> Problems, IReadOnlyList<string> Unseen)> CompareAsync(RunningServer server, string name)
    {
        using var document = await server.Http.GetAsync($"/openapi/{name}.json");
        var question = JsonSerializer.Serialize(new { document = await RunningServer.JsonOf(document), answers }, JsonSerializerOptions.Web);
        var start = new ProcessStartInfo("node", [Repository.PathOf("web/docs/test/check-answers.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(question);
        process.StandardInput.Close();
        var verdict = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience)).RootElement;
        return (Texts(verdict, "problems"), Texts(verdict, "unseen"));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        answers.Add(new Answer(request.Method.Method, path, (int)response.StatusCode, await RunningServer.JsonOf(response)));
        return response;
    }

    private static string[] Texts(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private sealed record Answer(string Method, string Path, int Status, JsonElement Body);
}
