using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Notifications;
using Pushbell.Dispatch.Troubleshooting;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Clients;

/// <summary>Why a person was not reached.</summary>
/// <param name="Verdict">In one sentence.</param>
/// <param name="Findings">All that was looked at, the gravest first.</param>
/// <param name="Clients">The person's, the newest first.</param>
/// <param name="Recent">What was last sent to them, the newest first.</param>
internal sealed record Troubleshooting(string Verdict, IReadOnlyList<Finding> Findings, IReadOnlyList<Client> Clients, IReadOnlyList<RecentDelivery> Recent)
{
    public static Troubleshooting Of(Diagnosis diagnosis, DateTimeOffset now) =>
        new(
            diagnosis.Verdict,
            [.. diagnosis.Findings.Select(Finding.Of)],
            [.. diagnosis.Clients.Select(client => Client.Of(client, now))],
            [.. diagnosis.Recent.Select(RecentDelivery.Of)]
        );
}

/// <summary>Something that was looked at.</summary>
/// <param name="Level">ok; warning: may be the reason; problem: is one.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="WhatToDo">Null when there is nothing to do.</param>
/// <param name="RegistrationId">The client that it is about; null when it is about all.</param>
internal sealed record Finding(
    [property: AllowedValues("ok", "warning", "problem")] string Level,
    string Sentence,
    string? WhatToDo,
    string? RegistrationId
)
{
    public static Finding Of(Dispatch.Troubleshooting.Finding finding) =>
        new(
            StatusNames.Of(finding.Level),
            finding.Words.What,
            finding.Words.ToDo,
            finding.Registration is { } registration ? PublicId.Registration(registration) : null
        );
}

/// <summary>One delivery to one of the person's clients.</summary>
/// <param name="RequestId">The notification, <c>req_…</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="RegistrationId">The client, <c>reg_…</c>.</param>
/// <param name="Outcome">How it ended, or that it has not.</param>
/// <param name="ReasonText">Why, in plain words, and what to do; null when there is nothing to say.</param>
/// <param name="CreatedAt">When the notification was accepted.</param>
/// <param name="Shown">The browser reported anything of it.</param>
internal sealed record RecentDelivery(
    string RequestId,
    string Title,
    string RegistrationId,
    [property: AllowedValues("pending", "accepted", "gone", "rejected", "expired", "cancelled")] string Outcome,
    string? ReasonText,
    DateTimeOffset CreatedAt,
    bool Shown
)
{
    public static RecentDelivery Of(Dispatch.Troubleshooting.RecentDelivery delivery) =>
        new(
            PublicId.Notification(delivery.Sent.Notification.Id),
            delivery.Sent.Content.Title,
            PublicId.Registration(delivery.Registration),
            StatusNames.Of(delivery.State.End),
            DeliveryWords.Of(delivery.State.Reason)?.ToString(),
            delivery.Sent.Notification.CreatedAt,
            delivery.WasShown
        );
}
