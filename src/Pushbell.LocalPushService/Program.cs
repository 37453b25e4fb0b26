using Pushbell.LocalPushService;

if (CommandLine.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}

try
{
    await using var server = await LocalPushServer.StartAsync(options, TimeProvider.System, CancellationToken.None);
    Console.WriteLine(server.Welcome);
    await server.WaitForShutdownAsync();
    return 0;
}
catch (IOException e)
{
    // Most likely another one is running: its port is taken.
    await Console.Error.WriteLineAsync($"{e.Message} {CommandLine.Usage}");
    return 1;
}
