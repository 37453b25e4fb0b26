using System.Net.Http.Headers;
using System.Text;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Conformance;

/// <summary>One request, the answer to it, and the sentence that says so.</summary>
/// <param name="Name">Unique among the rows of a class.</param>
/// <param name="Cites">Out of <see cref="Page"/> or <see cref="Contract"/>, word for word.</param>
/// <param name="Call">What is asked; <c>&lt;ann1&gt;</c> and the like stand for ids of the stage.</param>
/// <param name="Expected">What is answered.</param>
internal sealed record Row(string Name, string Cites, Call Call, Answer Expected);

/// <summary>A request with the secret key, unless it says otherwise.</summary>
internal sealed record Call(HttpMethod Method, string Path)
{
    public byte[]? Body { get; init; }

    public string? ContentType { get; init; } = "application/json";

    /// <summary>The values of X-Secret-Key; names of the stage's keys are replaced.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [RunningServer.SecretKey];

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static Call Get(string path) => new(HttpMethod.Get, "/v2/push" + path);

    public static Call Delete(string path) => new(HttpMethod.Delete, "/v2/push" + path);

    public static Call Post(string path, string body) => Post(path, Encoding.UTF8.GetBytes(body));

    public static Call Post(string path, byte[] body) => new(HttpMethod.Post, "/v2/push" + path) { Body = body };

    public static Call Send(string body) => Post("/send", body);

    public HttpRequestMessage ToRequest(Func<string, string> resolve)
    {
        var request = new HttpRequestMessage(Method, resolve(Path));
        foreach (var key in Keys)
        {
            request.Headers.TryAddWithoutValidation("X-Secret-Key", resolve(key)).ShouldBeTrue();
        }

        if (Body is not null)
        {
            // Bytes that are no UTF-8 hold no names and must arrive as they are.
            var text = Encoding.Latin1.GetString(Body);
            request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(resolve(text)));
            request.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        }

        foreach (var (name, value) in Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}

/// <summary>A status and a whole body; and headers, where they matter.</summary>
internal sealed record Answer(int Status, string Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>All in one request, delivered at once.</summary>
    public static Answer Sent(int targets, params string[] invalid) => Sent(targets, "Notifications sent successfully", "completed", invalid);

    /// <summary>Nobody to send to.</summary>
    public static Answer Nobody(params string[] invalid) => Sent(0, "No active registrations matched the target", "completed", invalid);

    public static Answer Queued(int targets) =>
        new(
            200,
            $$"""{"request_id":"<req>","total_targets":{{targets}},"successful_sends":0,"failed_sends":0,"invalid_registrations":[],"message":"Notifications queued for processing","status":"queued"}"""
        );

    public static Answer Invalid(string detail) => Error(400, "INVALID_REQUEST", detail);

    public static Answer Error(int status, string code, string detail) => new(status, $$"""{"detail":"{{detail}}","code":"{{code}}"}""");

    private static Answer Sent(int targets, string message, string status, string[] invalid) =>
        new(
            200,
            $$"""{"request_id":"<req>","total_targets":{{targets}},"successful_sends":{{targets}},"failed_sends":0,"invalid_registrations":[{{string.Join(',', invalid.Select(id => $"\"{id}\""))}}],"message":"{{message}}","status":"{{status}}"}"""
        );
}
