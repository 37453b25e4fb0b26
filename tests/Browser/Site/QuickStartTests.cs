using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Site;

/// <summary>What the console prints at the first start is what the guide says, and so what the browsers of these tests run.</summary>
public sealed class QuickStartTests
{
    [Fact]
    public void Greeting_FirstStart_PrintsThePageAndTheWorkerOfTheGuide()
    {
        var server = new Uri("http://localhost:8080/");
        using var console = new StringWriter();
        var keys = new FirstKeys("sk_1", "psk_1", RunningServer.PublishableKey, WereGiven: false);

        Greeting.Write(console, [server], keys, new PushbellSettings());

        console.ToString().ShouldContain(QuickStart.Page(server));
        console.ToString().ShouldContain(QuickStart.Worker(server));
    }
}
