namespace Pushbell.Server.Tests.Examples;

/// <summary>Our copy of the examples is the pages' own, wherever the pages are at hand.</summary>
public sealed class CopiedExampleTests
{
    [Fact]
    public void PushExamples_Copied_EqualThePage()
    {
        var copy = PushExamples.In(ExamplePages.CopiedText(ExamplePages.Push));
        var page = PushExamples.In(Published(ExamplePages.Push));

        copy.Node.ShouldBe(page.Node);
        copy.Python.ShouldBe(page.Python);
        copy.Go.ShouldBe(page.Go);
        copy.Curl.ShouldBe(page.Curl);
    }

    [Fact]
    public void ServiceExamples_Copied_EqualThePage()
    {
        var copy = ServiceExample.In(ExamplePages.CopiedText(ExamplePages.Service));
        var page = ServiceExample.In(Published(ExamplePages.Service));

        copy.Count.ShouldBe(3);
        copy.Select(Text).ShouldBe(page.Select(Text));
    }

    private static string Text(ServiceExample example) => $"{example.Path} {example.Request.ToJsonString()} {example.Response.ToJsonString()}";

    private static string Published(string page)
    {
        var text = ExamplePages.PublishedText(page);
        Assert.SkipWhen(text is null, "The published page is not beside the checkout.");
        return text!;
    }
}
