namespace Pushbell.Server.Tests.Management;

/// <summary>What cannot be asked of clients.</summary>
public sealed class ClientRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("?status=gone", "status must be one of active, inactive, expired, unregistered")]
    [InlineData("?user_email=nobody", "user_email")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?offset=-1", "offset")]
    [InlineData("?after=x", "after")]
    [InlineData("?search=%00", "null character")]
    [InlineData("?user_id=a%00b", "null character")]
    public async Task List_OfWhatCannotBe_SaysWhy(string query, string sentence)
    {
        (await Service.GetAsync("/clients" + query)).ShouldRefuse(400, "INVALID_REQUEST", sentence);
    }

    [Theory]
    [InlineData("", "exactly one of")]
    [InlineData("?user_email=ann@example.com&user_id=a", "exactly one of")]
    [InlineData("?user_email=nobody", "user_email")]
    [InlineData("?user_id=%00", "null character")]
    [InlineData("?registration_id=x", "registration_id")]
    public async Task Troubleshooting_OfNobodyInParticular_SaysWhy(string query, string sentence)
    {
        (await Service.GetAsync("/troubleshooting" + query)).ShouldRefuse(400, "INVALID_REQUEST", sentence);
    }

    private ManagedService Service => shared.Service;
}
