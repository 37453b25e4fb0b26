using System.Text.Json;

namespace Pushbell.Server.Tests.Management;

/// <summary>What cannot be topped up, and which pages there are none of.</summary>
public sealed class CreditRefusalTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("""{}""", "amount must be a whole number from 1")]
    [InlineData("""{"amount":0}""", "amount must be a whole number from 1")]
    [InlineData("""{"amount":1000000000001}""", "amount must be a whole number from 1")]
    [InlineData("""{"amount":1.5}""", "amount must be a whole number")]
    [InlineData("""{"amount":1,"note":"two\nlines"}""", "note")]
    public async Task TopUp_OfWhatCannotBe_SaysWhy(string body, string sentence)
    {
        (await Service.Owner.PostAsync(Service.Organization + "/credits/top-ups", JsonDocument.Parse(body).RootElement)).ShouldRefuse(400, "INVALID_REQUEST", sentence);

        (await Service.Owner.GetAsync(Service.Organization + "/credits")).Json.GetProperty("available").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("after=req_0000000000001", "after")]
    public async Task Statement_OfNoSuchPage_SaysWhy(string query, string sentence)
    {
        (await Service.Owner.GetAsync($"{Service.Organization}/credits/statement?{query}")).ShouldRefuse(400, "INVALID_REQUEST", sentence);
    }

    private ManagedService Service => shared.Service;
}
