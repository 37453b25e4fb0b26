using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>Quota and service. Four registrations are active: Ann's two, Bob's, and Fred's, who gave no name: three people.</summary>
internal static class ServiceRows
{
    private static readonly Answer Unlimited = new(
        200,
        """{"organization_id":"<org>","service_id":"<svc>","hourly_limit":null,"daily_limit":null,"hourly_remaining":null,"daily_remaining":null,"reset_hourly_at":"2026-01-18T15:00:00Z","reset_daily_at":"2026-01-19T00:00:00Z"}"""
    );

    public static IEnumerable<Row> All =>
        [
            new("quota: unlimited", Contract.Unlimited, Call.Get("/quota"), Unlimited),
            new("quota: with a restricted key that may read", Page.Quota, Call.Get("/quota") with { Keys = ["<key:read>"] }, Unlimited),
            new(
                "service",
                Page.Service,
                Call.Get("/service"),
                new Answer(
                    200,
                    """{"service_id":"<svc>","organization_id":"<org>","service_identifier":"my-app","service_name":"My App","vapid_public_key":"<vapid>","contact_email":"admin@example.com","notifications_enabled":true,"is_active":true,"hourly_notification_limit":null,"daily_notification_limit":null,"active_registrations":4,"push_subscribers":3}"""
                )
            ),
            new(
                "registrations: configuration for the page",
                Contract.Additions,
                Call.Get("/registrations/config") with
                {
                    Keys = [],
                    Headers = [("X-Publishable-Key", RunningServer.PublishableKey), ("Origin", RunningServer.Origin)],
                },
                new Answer(
                    200,
                    """{"organization_id":"<org>","service_id":"<svc>","service_name":"My App","vapid_public_key":"<vapid>","identity":"off","colors":{"theme":"#1f4fd8","background":"#ffffff"}}"""
                )
                {
                    Headers = [("Access-Control-Allow-Origin", RunningServer.Origin), ("Vary", "Origin")],
                }
            ),
        ];
}
