using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting.OpenApi;
using Pushbell.Server.Hosting.Pwa;
using Pushbell.Server.Management;
using Pushbell.Server.Management.Notifications;
using Pushbell.Server.Management.Overview;
using Pushbell.Server.Management.Services;
using Pushbell.Server.V1;
using Pushbell.Server.V2;

namespace Pushbell.Server.Hosting;

/// <summary>Builds the server: configuration checked, database open and migrated, routes mapped.</summary>
internal static class ServerHost
{
    /// <param name="args">Command-line settings.</param>
    /// <param name="clock">The system's, but for tests.</param>
    /// <param name="replace">Puts a service in the place of the product's own, for tests that need a server which is broken.</param>
    /// <exception cref="BadSettingException">A setting is unknown or bad.</exception>
    /// <exception cref="UnusableDatabaseException">The database cannot be used as it is.</exception>
    /// <exception cref="StorageOutageException">The database cannot be reached now.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, TimeProvider clock, Action<IServiceCollection>? replace = null)
    {
        var builder = Installation.Configure(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls("http://localhost:8080");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBody.DropLimit;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(24));

        var settings = await Installation.OpenAsync(builder, clock, CancellationToken.None);
        AddHosting(builder.Services, settings);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        Map(app, settings);
        return app;
    }

    private static void AddHosting(IServiceCollection services, PushbellSettings settings)
    {
        services.AddSingleton<OwnAddresses>();
        services.AddSingleton<PageOrigins>();
        services.AddSingleton<PageLimits>();
        services.AddSingleton<KeyGate>();
        services.AddSingleton<TokenGate>();
        services.AddSingleton<ManageGate>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<IdempotentAnswer>();
        services.AddSingleton<ServiceAnswers>();
        services.AddSingleton<OverviewParts>();
        services.AddSingleton<SendEndpoint>();
        services.AddSingleton<ProgressFeeds>();
        services.AddSingleton<BellIcon>();
        services.AddSingleton<ReadyCheck>();
        services.AddApiDocuments(V2Reference.Document, V1Reference.Document, ManageReference.Document);
        services.AddHostedService<Start>();
        if (settings.Role is ProcessRole.All or ProcessRole.Worker)
        {
            services.AddHostedService<Workers>();
        }
    }

    private static void Map(WebApplication app, PushbellSettings settings)
    {
        app.MapHealth();
        if (settings.Role == ProcessRole.Worker)
        {
            return;
        }

        app.UseForwardedAddresses(settings.TrustedProxies);
        app.UseApiEdge(V2Routes.Path, V2Errors.WriteAsync);
        app.UseApiEdge(V1Routes.Path, V1Errors.WriteAsync);
        app.UseApiEdge(ManageRoutes.Path, ManageErrors.WriteAsync);
        app.UseApiEdge(PwaPages.Path, PlainPage.WriteAsync);
        app.UseApiEdge(ClickLinkPage.Path, PlainPage.WriteAsync);
        app.UseRouting();
        app.UseBrowserAccess("/v2/push/registrations", "/v1/subscribe", "/v1/unsubscribe");
        app.UseKeyAccess();
        app.UseManageAccess();
        app.UsePages();
        app.MapClickLinks();
        app.MapPwa();
        app.MapV2();
        app.MapV1();
        app.MapManage();
        app.MapApiDocuments();
    }
}
