using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pushbell.Server.Tests.Examples;

/// <summary>A request on the page of /v1 and the answer that the page promises; their comments are left out.</summary>
internal sealed record ServiceExample(string Path, JsonObject Request, JsonObject Response)
{
    /// <summary>The key that the page's requests carry.</summary>
    public const string Key = "psk_your_api_key_here";

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    public static IReadOnlyList<ServiceExample> In(string page) =>
        [
            .. ("\n" + page).Split("\nPOST ").Skip(1).Select(section =>
            {
                var blocks = Blocks(section).ToArray();
                return new ServiceExample(section[..section.IndexOf('\n')], blocks[0], blocks[1]);
            }),
        ];

    /// <summary>A block opens at the beginning of a line and closes there too, or on the line itself.</summary>
    private static IEnumerable<JsonObject> Blocks(string section)
    {
        string? block = null;
        foreach (var line in section.Split('\n'))
        {
            block = block is not null ? block + "\n" + line : line.StartsWith('{') ? line : null;
            if (block is not null && (line.StartsWith('}') || (line.StartsWith('{') && line.Contains('}'))))
            {
                yield return JsonNode.Parse(block, documentOptions: WithComments)!.AsObject();
                block = null;
            }
        }
    }
}
