using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>
/// A managed service that the tests of one class share: none of them changes what another one reads. Where its engine is missing each test
/// that asks for it is skipped.
/// </summary>
public class SharedService : IAsyncLifetime
{
    private ManagedService? service;

    internal ManagedService Service
    {
        get
        {
            Assert.SkipWhen(TestDatabase.WhyMissing is not null, TestDatabase.WhyMissing ?? "");
            return service ?? throw new InvalidOperationException("The server is not started yet.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (TestDatabase.WhyMissing is null)
        {
            service = await StartAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return service?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private protected virtual Task<ManagedService> StartAsync() => ManagedService.StartAsync();
}
