using Pushbell.Dispatch.Organizations;

namespace Pushbell.Dispatch.Tests.Organizations;

public sealed class ApiKeyTests
{
    [Theory]
    [InlineData(KeyKind.Secret, "^sk_[0-9A-Za-z]{30}$")]
    [InlineData(KeyKind.Api, "^psk_[0-9A-Za-z]{30}$")]
    [InlineData(KeyKind.Publishable, "^pk_[0-9A-Za-z]{30}$")]
    [InlineData(KeyKind.Restricted, "^rk_[0-9A-Za-z]{30}$")]
    public void Generate_EachKind_HasItsPrefixAndIsAcceptable(KeyKind kind, string pattern)
    {
        var key = ApiKey.Generate(kind);

        key.ShouldMatch(pattern);
        ApiKey.IsAcceptable(kind, key).ShouldBeTrue();
        ApiKey.Generate(kind).ShouldNotBe(key);
    }

    [Theory]
    [InlineData("sk_test_0123456789abcdefghij", true)]
    [InlineData("sk_01234567890123456789", true)]
    [InlineData("sk_0123456789012345678", false)]
    [InlineData("psk_01234567890123456789", false)]
    [InlineData("SK_01234567890123456789", false)]
    [InlineData("sk_0123456789 0123456789", false)]
    [InlineData("sk_01234567890123456789é", false)]
    [InlineData("", false)]
    public void IsAcceptable_GivenSecretKey_TakesPrefixAndTwentyCharacters(string key, bool acceptable) =>
        ApiKey.IsAcceptable(KeyKind.Secret, key).ShouldBe(acceptable);

    [Fact]
    public void Hash_Key_DoesNotContainItAndIsStable()
    {
        var key = ApiKey.Generate(KeyKind.Api);

        ApiKey.Hash(key).ShouldBe(ApiKey.Hash(key));
        ApiKey.Hash(key).Length.ShouldBe(43);
        ApiKey.Hash(key).ShouldNotContain(key[4..]);
    }
}
