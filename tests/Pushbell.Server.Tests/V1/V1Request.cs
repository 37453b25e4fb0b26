using System.Text;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V1;

/// <summary>A request to /v1, free to be as wrong as a test wants it.</summary>
internal sealed record V1Request(string Path, string Body)
{
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Null sends none.</summary>
    public string? Key { get; init; } = RunningServer.ApiKey;

    /// <summary>Null sends none.</summary>
    public string? ContentType { get; init; } = "application/json";

    public string? Origin { get; init; }

    /// <summary>More headers, or a second value for one.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static V1Request Send(string email) => new("/send", $$"""{"email":"{{email}}","title":"Title","body":"Body"}""");

    public async Task<V1Answer> AskAsync(HttpClient http)
    {
        using var message = new HttpRequestMessage(Method, "/v1" + Path);
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        Add("X-Api-Key", Key);
        Add("Origin", Origin);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType is null ? [] : [ContentType]);
        foreach (var (name, value) in Headers)
        {
            Add(name, value);
        }

        using var response = await http.SendAsync(message);
        return await V1Answer.OfAsync(response);

        void Add(string name, string? value)
        {
            if (value is not null && !message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}

/// <param name="Status">The status code.</param>
/// <param name="Body">As it came.</param>
/// <param name="Headers">Each header's values joined by commas; names compare case-insensitively.</param>
internal sealed record V1Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public static async Task<V1Answer> OfAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase)
        );

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public void ShouldBe(int status, string body)
    {
        Body.ShouldBe(body, $"status {Status}");
        Status.ShouldBe(status, Body);
    }
}
