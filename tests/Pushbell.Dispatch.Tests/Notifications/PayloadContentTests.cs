using System.Text.Json;
using Pushbell.Dispatch.Notifications;

namespace Pushbell.Dispatch.Tests.Notifications;

/// <summary>What was put into a payload comes out of it again.</summary>
public sealed class PayloadContentTests
{
    private const string Id = "req_1";

    [Fact]
    public void Read_Everything_IsWhatWasWritten()
    {
        var content = new NotificationContent
        {
            Title = "Order “1” 🔔",
            Body = "Schön & <gut> \\ud83d",
            Icon = "https://a.example/i.png",
            Badge = "https://a.example/b.png",
            Image = "https://a.example/p.png",
            Tag = "order-1",
            Url = "https://a.example/orders/1",
            Data = JsonDocument.Parse("""{"order":{"lines":[1,2]}}""").RootElement,
            Actions =
            [
                new NotificationAction("open", "Open", null, null),
                new NotificationAction("track", "Track", "https://a.example/t.png", "https://b.example/track"),
            ],
            RequireInteraction = true,
            Silent = false,
            Renotify = true,
            BadgeCount = 0,
        };

        var read = PayloadContent.Read(PushPayload.Create(content, Id, content.Url), Id, linkTarget: null);

        read.Data!.Value.GetRawText().ShouldBe(content.Data!.Value.GetRawText());
        read.Actions.ShouldBe(content.Actions);
        (read with { Data = null, Actions = [] }).ShouldBe(content with { Data = null, Actions = [] });
    }

    [Fact]
    public void Read_Least_IsTitleAndBodyAndNothingElse()
    {
        var content = new NotificationContent { Title = "T", Body = "B" };

        PayloadContent.Read(PushPayload.Create(content, Id, navigate: null), Id, linkTarget: null).ShouldBe(content);
    }

    [Fact]
    public void Read_WithAClickLink_LeadsWhereTheLinkDoes()
    {
        var content = new NotificationContent { Title = "T", Body = "B", Actions = [new NotificationAction("open", "Open", null, null)] };

        var read = PayloadContent.Read(PushPayload.Create(content, Id, "https://push.example.com/c/abc"), Id, "https://a.example/1");

        (read.Url, read.Actions.Single().Url).ShouldBe(("https://a.example/1", null));
    }
}
