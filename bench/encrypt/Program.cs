using System.Globalization;
using Pushbell.Bench.Encrypt;
using Pushbell.WebPush;

// Encrypts in turns by each path and by the same loop in C: [--rounds=7] [--seconds=2] [--json=file]
var options = args.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0].TrimStart('-'), parts => parts[^1], StringComparer.Ordinal);
var rounds = int.Parse(options.GetValueOrDefault("rounds", "7"), CultureInfo.InvariantCulture);
var turn = TimeSpan.FromSeconds(double.Parse(options.GetValueOrDefault("seconds", "2"), CultureInfo.InvariantCulture));

using var limit = NativeLimit.TryBuild(Console.Out);
var contestants = new List<IContestant> { new ManagedPath(EncryptionPath.Bcl), new ManagedPath(EncryptionPath.Libcrypto) };
if (limit is not null)
{
    contestants.Add(limit);
}

var results = Contest.Run(contestants, rounds, turn, Console.Out);
Report.Write(Console.Out, results);
if (options.TryGetValue("json", out var file))
{
    await Report.SaveAsync(file, results);
}
