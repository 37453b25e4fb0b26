using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;
using Pushbell.Server.V2;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Hosting;

public sealed class ApiEdgeTests
{
    [Fact]
    public async Task Outage_NothingKept_IsA503ThatSaysSo()
    {
        await using var app = await StartAsync(new StorageOutageException(new IOException("away")));
        using var http = new HttpClient();

        using var response = await http.PostAsync(app.Urls.First() + "/v2/push/send", content: null);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await RunningServer.JsonOf(response)).GetProperty("detail").GetString()!.ShouldContain("nothing was sent and nothing charged");
    }

    [Fact]
    public async Task Outage_FateUnknown_IsNoAnswerAtAll()
    {
        await using var app = await StartAsync(new StorageOutageException(new IOException("away")) { IsFateUnknown = true });
        using var http = new HttpClient();

        await Should.ThrowAsync<HttpRequestException>(() => http.PostAsync(app.Urls.First() + "/v2/push/send", content: null));
    }

    private static async Task<WebApplication> StartAsync(Exception fault)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseApiEdge(V2Routes.Path, V2Errors.WriteAsync);
        app.Run(_ => throw fault);
        await app.StartAsync();
        return app;
    }
}
