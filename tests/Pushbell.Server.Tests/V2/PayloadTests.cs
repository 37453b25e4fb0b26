using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.V2.Conformance;

namespace Pushbell.Server.Tests.V2;

/// <summary>What a browser decrypts, byte by byte, and the headers that a push service goes by.</summary>
public sealed class PayloadTests(Stage stage) : IClassFixture<Stage>
{
    private const string Plain = """{"tag":"<req>","navigate":"https://app.example.com/"}""";

    /// <summary>Fields beside title and body, what stands behind these two in <c>notification</c>, and what behind that.</summary>
    private static readonly (string Name, string Fields, string Notification, string Behind)[] Payloads =
    [
        ("nothing more", "{}", Plain, "{}"),
        ("tag", """{"tag":"order-7"}""", """{"tag":"order-7","navigate":"https://app.example.com/"}""", "{}"),
        ("an empty tag is none", """{"tag":""}""", Plain, "{}"),
        ("icon, badge, image", """{"image":"i","icon":"/a.png","badge":"b"}""", Plus("""{"icon":"/a.png","badge":"b","image":"i"}"""), "{}"),
        ("data", """{"data":{"orderId":"12345","n":[1,2.50,null]}}""", Plus("""{"data":{"orderId":"12345","n":[1,2.50,null]}}"""), "{}"),
        ("data: null", """{"data":null}""", Plain, "{}"),
        ("url", """{"url":"https://shop.example.com/7?a=1&b=2"}""", """{"tag":"<req>","navigate":"https://shop.example.com/7?a=1&b=2"}""", "{}"),
        (
            "actions",
            """{"actions":[{"action":"open","title":"Open","icon":"/o.png","url":"https://shop.example.com/o"},{"action":"no","title":"No"}]}""",
            Plus(
                """{"actions":[{"action":"open","title":"Open","icon":"/o.png","navigate":"https://shop.example.com/o"},{"action":"no","title":"No","navigate":"https://app.example.com/"}]}"""
            ),
            "{}"
        ),
        (
            "flags",
            """{"require_interaction":true,"silent":false,"renotify":true}""",
            Plus("""{"requireInteraction":true,"silent":false,"renotify":true}"""),
            "{}"
        ),
        ("badge_count at both levels", """{"badge_count":3}""", Plus("""{"app_badge":3}"""), """{"app_badge":3}"""),
        ("unknown fields stay behind", """{"sound":"x"}""", Plain, "{}"),
    ];

    public static TheoryData<string> Names => [.. Payloads.Select(payload => payload.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Payload_OfASend_IsDeclarativeWebPush(string row)
    {
        var (_, fields, notification, behind) = Payloads.Single(payload => payload.Name == row);

        var message = await ReceiveAsync("""{"title":"Größe","body":"a<b & 'c' 🔔"}""", fields);

        var inside = Join("""{"title":"Größe","body":"a<b & 'c' 🔔"}""", notification);
        Golden
            .NameIds(message.Text!)
            .ShouldBe(Join($$"""{"web_push":8030,"notification":{{inside}}}""", behind, """{"pushbell":{"id":"<req>"}}"""));
    }

    [Theory]
    [InlineData("{}", 86_400, "normal", null)]
    [InlineData("""{"ttl":0}""", 0, "normal", null)]
    [InlineData("""{"ttl":2419200,"urgency":"very-low"}""", 2_419_200, "very-low", null)]
    [InlineData("""{"urgency":"low"}""", 86_400, "low", null)]
    [InlineData("""{"urgency":"high","topic":"news_1-a"}""", 86_400, "high", "news_1-a")]
    [InlineData("""{"tag":"order-7","topic":"chosen"}""", 86_400, "normal", "chosen")]
    // The head of base64url(SHA-256("order-7")).
    [InlineData("""{"tag":"order-7"}""", 86_400, "normal", "34z4AifsMjeSLfDs2IOFxUbkoxvbgSew")]
    public async Task Headers_OfAPush_SayHowToTreatIt(string fields, int ttl, string urgency, string? topic)
    {
        var message = await ReceiveAsync("""{"title":"T","body":"B"}""", fields);

        (message.Ttl, message.Urgency, message.Topic).ShouldBe((ttl, urgency, topic));
    }

    /// <summary>What every notification has, and these.</summary>
    private static string Plus(string fields) => Join(Plain, fields);

    /// <summary>One JSON object of the fields of several.</summary>
    private static string Join(params string[] objects) => $"{{{string.Join(',', objects.Where(text => text != "{}").Select(text => text[1..^1]))}}}";

    private async Task<ReceivedMessage> ReceiveAsync(string content, string fields)
    {
        var client = await stage.Server.RegisterAsync();
        var body = Join(content, $$"""{"target_registration_ids":["{{client.Id}}"]}""", fields);
        using var request = Call.Send(body).ToRequest(text => text);
        using var response = await stage.Server.Http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return client.Subscription.Messages.ShouldHaveSingleItem();
    }
}
