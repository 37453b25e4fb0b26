using System.Text.Json;
using Pushbell.Bench.Server;

// What the whole server does: broadcast (the default), singles, start or growth, and how; see Options.
var what = args is [var first, ..] && !first.StartsWith('-') ? first : "broadcast";
var options = Options.Parse(args.SkipWhile(argument => argument == what));
var isSound = true;
object results;
switch (what)
{
    case "broadcast":
        var broadcasts = new List<BroadcastResult>();
        foreach (var nodes in options.Nodes)
        {
            broadcasts.Add(await new Broadcast(options, Console.Out).RunAsync(nodes));
        }

        Report.Write(Console.Out, broadcasts);
        isSound = broadcasts.All(static result => result.IsSound);
        results = broadcasts;
        break;
    case "singles":
        var singles = await new Singles(options, Console.Out).RunAsync();
        Report.Write(Console.Out, singles);
        results = singles;
        break;
    case "start":
        var starts = await new StartTime(options, Console.Out).RunAsync();
        Report.WriteStart(Console.Out, starts);
        results = starts;
        break;
    case "growth":
        var growth = await new Growth(options, Console.Out).RunAsync();
        Report.Write(Console.Out, growth);
        results = growth;
        break;
    default:
        throw new FormatException($"{what}? One of broadcast, singles, start, growth.");
}

if (options.JsonFile is { } file)
{
    await using var stream = File.Create(file);
    await JsonSerializer.SerializeAsync(stream, results, results.GetType());
}

return isSound ? 0 : 1;
