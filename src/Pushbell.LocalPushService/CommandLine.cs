using System.Net;

namespace Pushbell.LocalPushService;

/// <summary>Reads <c>--name=value</c> arguments; everything has a default.</summary>
internal static class CommandLine
{
    public const string Usage =
        "Arguments: --address=127.0.0.1 --http-port=9090 --https-port=9443 --message-service-port=9444 --require-vapid=true --latency-ms=0 "
        + "(a port 0 takes a free one)";

    /// <summary>Null when an argument is not known or its value does not fit.</summary>
    public static LocalPushOptions? Parse(IEnumerable<string> arguments) =>
        arguments.Aggregate(new LocalPushOptions(), (LocalPushOptions? options, string argument) => options is null ? null : Apply(options, argument));

    private static LocalPushOptions? Apply(LocalPushOptions options, string argument) => argument.Split('=', 2) switch
    {
        ["--address", var value] when IPAddress.TryParse(value, out var address) => options with { Address = address },
        ["--http-port", var value] when IsPort(value, out var port) => options with { HttpPort = port },
        ["--https-port", var value] when IsPort(value, out var port) => options with { HttpsPort = port },
        ["--message-service-port", var value] when IsPort(value, out var port) => options with { MessageServicePort = port },
        ["--require-vapid", var value] when bool.TryParse(value, out var required) => options with { RequireVapid = required },
        ["--latency-ms", var value] when int.TryParse(value, out var milliseconds) && milliseconds >= 0 =>
            options with { Latency = TimeSpan.FromMilliseconds(milliseconds) },
        _ => null,
    };

    private static bool IsPort(string value, out int port) => int.TryParse(value, out port) && port is >= 0 and <= ushort.MaxValue;
}
