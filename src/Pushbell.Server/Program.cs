using Microsoft.AspNetCore.Connections;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Cli;
using Pushbell.Server.Hosting;

if (CommandLine.ServerSettings(args) is not { } settings)
{
    return await CommandLine.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
}

try
{
    await using var app = await ServerHost.BuildAsync(settings, TimeProvider.System);
    await app.RunAsync();
    return ExitCode.Done;
}
// The last of these: libcrypto is asked for, and there is none.
catch (Exception exception) when (exception is BadSettingException or UnusableDatabaseException or StorageOutageException or PlatformNotSupportedException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ExitCode.Failed;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Choose another with ASPNETCORE_URLS=http://localhost:<port>.");
    return ExitCode.Failed;
}
