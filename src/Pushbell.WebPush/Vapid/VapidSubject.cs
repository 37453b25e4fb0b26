using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;

namespace Pushbell.WebPush;

/// <summary>The contact in a VAPID token (RFC 8292 §2.1).</summary>
/// <remarks>Apple answers BadJwtToken to a contact that no one could reach, <c>mailto:me@localhost</c> for one.</remarks>
public static class VapidSubject
{
    private const string MailScheme = "mailto:";
    private const int MaxLength = 254;

    /// <summary>Whether every push service takes this contact.</summary>
    /// <param name="subject"><c>mailto:someone@example.com</c> or <c>https://example.com/contact</c>.</param>
    /// <param name="problem">One sentence when not.</param>
    public static bool TryValidate(string? subject, [NotNullWhen(false)] out string? problem)
    {
        problem = Problem(subject);
        return problem is null;
    }

    private static string? Problem(string? subject)
    {
        if (string.IsNullOrEmpty(subject) || subject.Length > MaxLength || subject.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return $"The VAPID subject must be 1 to {MaxLength} ASCII characters without blanks.";
        }

        string host;
        if (subject.StartsWith(MailScheme, StringComparison.Ordinal))
        {
            // Only the bare address: MailAddress would also read <…>, display names and comments.
            var address = subject[MailScheme.Length..];
            if (!MailAddress.TryCreate(address, out var mail) || mail.Address != address)
            {
                return "The VAPID subject does not hold an email address after mailto:.";
            }

            host = mail.Host;
        }
        else if (subject.StartsWith("https://", StringComparison.Ordinal) && Uri.TryCreate(subject, UriKind.Absolute, out var uri))
        {
            host = uri.Host;
        }
        else
        {
            return "The VAPID subject must begin with mailto: or https://.";
        }

        return IsReachable(host) ? null : $"The VAPID subject names the host {host}, which push services do not accept as a contact.";
    }

    private static bool IsReachable(string host) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns
        && host.Contains('.')
        && !host.EndsWith('.')
        && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase);
}
