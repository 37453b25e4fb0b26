using System.Net.Sockets;
using System.Security.Authentication;

namespace Pushbell.WebPush;

/// <summary>Puts a failed exchange into one short word. Which word is for people; all but a refusal of our own mean "try again".</summary>
internal static class NetworkFault
{
    public static DeliveryOutcome Timeout { get; } = NoAnswer(DeliveryResult.Retry, "timeout");

    public static DeliveryOutcome Refused(string reason) => NoAnswer(DeliveryResult.Rejected, reason);

    public static DeliveryOutcome From(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case EgressRefusedException:
                    return Refused("address-not-public");
                case ResendException:
                    return NoAnswer(DeliveryResult.Retry, "stream-refused");
                case AuthenticationException:
                    return NoAnswer(DeliveryResult.Retry, "tls-failure");
                case TimeoutException:
                    return NoAnswer(DeliveryResult.Retry, "connect-timeout");
                case SocketException socket:
                    return NoAnswer(DeliveryResult.Retry, Word(socket.SocketErrorCode));
            }
        }

        return NoAnswer(DeliveryResult.Retry, Word((fault as HttpRequestException)?.HttpRequestError));
    }

    private static string Word(SocketError error) =>
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => "dns-failure",
            SocketError.ConnectionRefused => "connect-refused",
            SocketError.ConnectionReset => "connection-reset",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
            SocketError.TimedOut => "connect-timeout",
            _ => "network-fault",
        };

    private static string Word(HttpRequestError? error) =>
        error switch
        {
            HttpRequestError.ResponseEnded => "connection-closed",
            HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
                "bad-answer",
            HttpRequestError.SecureConnectionError => "tls-failure",
            _ => "network-fault",
        };

    private static DeliveryOutcome NoAnswer(DeliveryResult result, string reason) =>
        new()
        {
            Result = result,
            StatusCode = 0,
            Reason = reason,
        };
}
