using System.Net;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Hosting;

/// <summary>The dashboard at the root: its page asked for each time, its pieces kept for good, and nothing inline allowed.</summary>
public sealed class DashboardPageTests
{
    [Fact]
    public async Task Root_IsTheDashboard_UnderThePolicyOfAllPages()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Http.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/");
        page.ShouldContain("<script type=\"module\"");
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe-inline");
        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task Pieces_AreNamedAfterTheirContent_AndKept_TheWorkerIsNot()
    {
        await using var server = await RunningServer.StartAsync();
        var page = await server.Http.GetStringAsync("/");
        var script = page.Split('"').First(text => text.StartsWith("/dashboard/assets/", StringComparison.Ordinal));

        using var piece = await server.Http.GetAsync(script);
        using var worker = await server.Http.GetAsync("/dashboard/sw.js");

        piece.StatusCode.ShouldBe(HttpStatusCode.OK);
        piece.Headers.CacheControl!.ToString().ShouldContain("immutable");
        worker.StatusCode.ShouldBe(HttpStatusCode.OK);
        worker.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }
}
