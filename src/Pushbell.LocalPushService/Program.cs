using Pushbell.LocalPushService;

await using var server = await LocalPushServer.StartAsync(new LocalPushOptions(), TimeProvider.System, CancellationToken.None);
Console.WriteLine($"{server.HttpUrl}");
await server.WaitForShutdownAsync();
