using System.Globalization;
using Pushbell.Bench.Server;

// Broadcasts to so many through the whole server, with single sends meanwhile: --registrations=1000000 [--json=file]
var options = args.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0].TrimStart('-'), parts => parts[^1], StringComparer.Ordinal);
var registrations = int.Parse(options.GetValueOrDefault("registrations", "1000000"), CultureInfo.InvariantCulture);

await using var bench = await Bench.StartAsync(registrations, Console.Out);
var result = await bench.BroadcastAsync();
Report.Write(Console.Out, result);
if (options.TryGetValue("json", out var file))
{
    await Report.SaveAsync(file, result);
}

return result.IsSound ? 0 : 1;
