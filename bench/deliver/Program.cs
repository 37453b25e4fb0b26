using System.Globalization;
using Pushbell.Bench.Contest;
using Pushbell.Bench.Deliver;
using Pushbell.LocalPushService;

// Delivers in turns, each sender in a process of its own, to a sink in this one; see Arguments. With "sender" it is one of those processes.
if (args is ["sender", var port, var certificate])
{
    using var pipeline = new Pipeline(int.Parse(port, CultureInfo.InvariantCulture), certificate);
    await pipeline.ServeAsync(Console.In, Console.Out);
    return 0;
}

var arguments = Arguments.Parse(args);
var listeners = new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 };
await using var sink = await LocalPushServer.StartAsync(listeners, TimeProvider.System, CancellationToken.None);
await using var ours = SenderProcess.Pushbell(sink);
await using var peers = await Peers.StartAsync(sink, Console.Out);
var results = await Rounds.RunAsync([ours, .. peers.All], arguments.Rounds, arguments.Turn, Console.Out);
await Report.WriteAsync(Console.Out, "delivery end to end, 300 bytes, TLS", results, results[^1], arguments.JsonFile);
return sink.Counters.SinkPosts >= results.SelectMany(static result => result.Turns).Sum(static turn => turn.Messages)
    ? 0
    : throw new InvalidOperationException("Somebody claims more than has arrived.");
