using System.Security.Cryptography.X509Certificates;
using Pushbell.LocalPushService.Autopush;
using Pushbell.LocalPushService.Counting;
using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.Gcm;
using Pushbell.LocalPushService.PushResource;
using Pushbell.LocalPushService.Vapid;
using Pushbell.LocalPushService.VirtualSubscriptions;

namespace Pushbell.LocalPushService;

/// <summary>The parts and the addresses that they answer at.</summary>
internal static class Wiring
{
    public static void AddLocalPush(this IServiceCollection services, LocalPushOptions options, TimeProvider clock)
    {
        services.AddRoutingCore();
        services.AddSingleton(options);
        services.AddSingleton(clock);

        // Clients hold a certificate against the real time, whatever clock a test gives to the service.
        services.AddSingleton(_ => SelfSignedCertificate.Create(TimeProvider.System.GetUtcNow()));
        services.AddSingleton<Listeners>();
        services.AddSingleton<BrowserSettings>();
        services.AddSingleton<Welcome>();

        services.AddSingleton<Counters>();
        services.AddSingleton<CounterEndpoints>();

        services.AddSingleton<Subscriptions>();
        services.AddSingleton<VapidCheck>();
        services.AddSingleton<AnswerWriter>();
        services.AddSingleton<PushEndpoint>();

        services.AddSingleton<VirtualSubscriptionSet>();
        services.AddSingleton<VirtualSubscriptionEndpoints>();

        services.AddSingleton<FirefoxBrowsers>();
        services.AddSingleton<AutopushEndpoint>();

        services.AddSingleton<ChromiumBrowsers>();
        services.AddSingleton<GcmEndpoints>();
        services.AddSingleton<RealBrowsers>();
    }

    public static void UseLocalPush(this WebApplication app)
    {
        var services = app.Services;
        app.Use(services.GetRequiredService<CounterEndpoints>().SinkAsync);
        app.UseWebSockets();
        app.UseRouting();

        services.GetRequiredService<CounterEndpoints>().Map(app);
        services.GetRequiredService<PushEndpoint>().Map(app);
        services.GetRequiredService<VirtualSubscriptionEndpoints>().Map(app);
        services.GetRequiredService<GcmEndpoints>().Map(app);
        services.GetRequiredService<RealBrowsers>().Map(app);

        var autopush = services.GetRequiredService<AutopushEndpoint>();
        var welcome = services.GetRequiredService<Welcome>();
        app.MapGet("/", context => context.WebSockets.IsWebSocketRequest
            ? autopush.AcceptAsync(context)
            : context.Response.WriteAsync(welcome.Text, context.RequestAborted));

        var certificate = services.GetRequiredService<X509Certificate2>();
        app.MapGet("/certificate.pem", context =>
            context.Response.WriteAsync(certificate.ExportCertificatePem(), context.RequestAborted));
    }
}
