using System.Security.Cryptography;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Organizations;

public sealed class VapidKeyStoreTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;

    public async ValueTask InitializeAsync() => dispatch = await TestDispatch.StartAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Open_WrongMasterKey_IsACryptographicException()
    {
        var stranger = new VapidKeyStore(dispatch.Database, new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Length)), dispatch.Clock);

        await Should.ThrowAsync<CryptographicException>(() => OpenAsync(stranger));
        (await OpenAsync(dispatch.Node.VapidKeys)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_SealedKeyMovedToAnotherRow_IsACryptographicException()
    {
        await dispatch.Seed.OrganizationAsync();
        await dispatch.ExecuteAsync(
            """
            UPDATE vapid_key SET sealed_private_key =
                (SELECT sealed_private_key FROM vapid_key WHERE organization_id <> @OrganizationId)
            WHERE organization_id = @OrganizationId
            """,
            new { dispatch.Caller.OrganizationId }
        );

        await Should.ThrowAsync<CryptographicException>(() => OpenAsync(new VapidKeyStore(dispatch.Database, dispatch.Master, dispatch.Clock)));
    }

    [Fact]
    public async Task Open_Twice_KeepsWhatWasOpened() =>
        (await OpenAsync(dispatch.Node.VapidKeys)).ShouldBeSameAs(await OpenAsync(dispatch.Node.VapidKeys));

    private async Task<WebPush.VapidIdentity> OpenAsync(VapidKeyStore store)
    {
        var (organization, service) = (dispatch.Caller.OrganizationId, dispatch.Caller.ServiceId);
        var info = await dispatch.Node.Services.GetAsync(organization, service, CancellationToken.None);
        return await store.OpenAsync(organization, service, info.VapidKeyId, CancellationToken.None);
    }
}
