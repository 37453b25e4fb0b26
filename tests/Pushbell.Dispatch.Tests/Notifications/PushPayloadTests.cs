using System.Text;
using System.Text.Json;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Tests.Notifications;

public sealed class PushPayloadTests
{
    [Fact]
    public void Create_Everything_IsOneDeclarativeMessage()
    {
        var content = new NotificationContent
        {
            Title = "Order <1>",
            Body = "Schön & gut",
            Icon = "https://a.example/i.png",
            Badge = "https://a.example/b.png",
            Image = "https://a.example/p.png",
            Tag = "order-1",
            Url = "https://a.example/orders/1",
            Data = JsonDocument.Parse("""{"order":1}""").RootElement,
        };

        Text(content)
            .ShouldBe(
                """
                {"web_push":8030,"notification":{"title":"Order <1>","body":"Schön & gut","tag":"order-1","navigate":"https://a.example/orders/1","icon":"https://a.example/i.png","badge":"https://a.example/b.png","image":"https://a.example/p.png","data":{"order":1}},"pushbell":{"id":"req_1"}}
                """
            );
    }

    [Fact]
    public void Create_Least_IsTaggedWithItsOwnId() =>
        Text(new NotificationContent { Title = "T", Body = "B" })
            .ShouldBe("""{"web_push":8030,"notification":{"title":"T","body":"B","tag":"req_1"},"pushbell":{"id":"req_1"}}""");

    [Fact]
    public void Create_NoUrl_LeadsHome()
    {
        var content = new NotificationContent { Title = "T", Body = "B" };

        Text(content, home: "https://a.example/").ShouldContain("\"navigate\":\"https://a.example/\"");
        Text(content with { Url = "https://b.example/x" }, home: "https://a.example/").ShouldContain("\"navigate\":\"https://b.example/x\"");
    }

    private static string Text(NotificationContent content, string? home = null) =>
        Encoding.UTF8.GetString(PushPayload.Create(content, "req_1", content.Url ?? home));
}
