using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;

try
{
    await using var app = await ServerHost.BuildAsync(args, TimeProvider.System);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is BadSettingException or UnusableDatabaseException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Choose another with ASPNETCORE_URLS=http://localhost:<port>.");
    return 1;
}
