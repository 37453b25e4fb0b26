using Pushbell.Bench.Contest;
using Pushbell.Bench.Encrypt;
using Pushbell.WebPush;

// Encrypts in turns by each path and by the same loop in C; see Arguments.
var arguments = Arguments.Parse(args);
using var limit = NativeLimit.TryBuild(Console.Out);
var contestants = new List<IContestant> { new ManagedPath(EncryptionPath.Bcl), new ManagedPath(EncryptionPath.Libcrypto) };
if (limit is not null)
{
    contestants.Add(limit);
}

var results = await Rounds.RunAsync(contestants, arguments.Rounds, arguments.Turn, Console.Out);
await Report.WriteAsync(Console.Out, "encryption, 300 bytes, one thread", results, results[^1], arguments.JsonFile);
