using Pushbell.Testing;

namespace Pushbell.Server.Tests;

/// <summary>
/// A server that the tests of one class share. Where its engine is missing each test that asks for it is skipped; a fixture that threw
/// would make all of them fail.
/// </summary>
public abstract class SharedServer : IAsyncLifetime
{
    private RunningServer? server;

    public RunningServer Server
    {
        get
        {
            Assert.SkipWhen(TestDatabase.WhyMissing is not null, TestDatabase.WhyMissing ?? "");
            return server ?? throw new InvalidOperationException("The server is not started yet.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (TestDatabase.WhyMissing is null)
        {
            server = await StartAsync();
            await FillAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected virtual Task<RunningServer> StartAsync() => RunningServer.StartAsync();

    /// <summary>Puts into it what the tests begin with.</summary>
    protected virtual Task FillAsync() => Task.CompletedTask;

    /// <summary>What filling it has made; skips the test where there is no server.</summary>
    protected T Made<T>(T value)
    {
        _ = Server;
        return value;
    }
}
