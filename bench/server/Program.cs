using System.Text.Json;
using Pushbell.Bench.Server;

// Broadcasts to so many through the whole server, with single sends meanwhile; see Options.
var options = Options.Parse(args);
var results = new List<BroadcastResult>();
foreach (var nodes in options.Nodes)
{
    await using var bench = await Bench.StartAsync(options, nodes, Console.Out);
    results.Add(await bench.BroadcastAsync());
}

Report.Write(Console.Out, results);
if (options.JsonFile is { } file)
{
    await using var stream = File.Create(file);
    await JsonSerializer.SerializeAsync(stream, results);
}

return results.All(result => result.IsSound) ? 0 : 1;
