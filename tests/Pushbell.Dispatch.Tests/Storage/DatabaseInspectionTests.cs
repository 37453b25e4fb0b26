using Pushbell.Dispatch.Storage;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage;

public sealed class DatabaseInspectionTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task State_OfAMigratedDatabase_IsThisBuilds()
    {
        var state = await Inspection(dispatch.Database).StateAsync(CancellationToken.None);

        state.IsServer.ShouldBe(TestEngineAttribute.Chosen == Engine.PostgreSql);
        state.SchemaVersion.ShouldBe(state.LatestSchemaVersion);
        state.SizeBytes.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public async Task TryWrite_LeavesNothingAndFailsWhereOthersKeepTheLock()
    {
        var before = await VersionsAsync();
        await Inspection(dispatch.Database).TryWriteAsync(CancellationToken.None);
        (await VersionsAsync()).ShouldBe(before);

        await using var impatient = await dispatch.ReopenImpatientAsync();
        await using var others = await dispatch.Files.LockAsync();
        await Should.ThrowAsync<StorageOutageException>(() => Inspection(impatient).TryWriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ClockLead_BesideAServer_IsKnownAndSmall()
    {
        await using var own = await dispatch.Files.OpenAsync(TimeProvider.System);

        var lead = await new DatabaseInspection(own, TimeProvider.System).ClockLeadAsync(CancellationToken.None);

        if (TestEngineAttribute.Chosen == Engine.PostgreSql)
        {
            lead.ShouldNotBeNull().Duration().ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }
        else
        {
            lead.ShouldBeNull("a file has no clock of its own");
        }
    }

    private DatabaseInspection Inspection(Database database) => new(database, dispatch.Clock);

    private Task<IReadOnlyList<string>> VersionsAsync() =>
        dispatch.ListAsync<string>("SELECT CAST(version AS TEXT) || ' ' || name || ' ' || CAST(applied_at AS TEXT) FROM schema_version ORDER BY version");
}
