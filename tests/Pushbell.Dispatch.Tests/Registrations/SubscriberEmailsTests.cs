using System.Security.Cryptography;
using Pushbell.Dispatch.Registrations;
using Pushbell.Dispatch.Sealing;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class SubscriberEmailsTests
{
    private readonly SubscriberEmails emails = new(new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Length)));

    [Theory]
    [InlineData("person@example.com", "person@example.com")]
    [InlineData("  Person@Example.COM \t", "person@example.com")]
    [InlineData("a+b.c@sub.example.com", "a+b.c@sub.example.com")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("JÖRG@MÜNCHEN.example", "jörg@münchen.example")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("person", null)]
    [InlineData("@example.com", null)]
    [InlineData("person@", null)]
    [InlineData("a@b@example.com", null)]
    [InlineData("per son@example.com", null)]
    [InlineData("person@exa mple.com", null)]
    [InlineData("person@example..com", null)]
    [InlineData("person@.example.com", null)]
    [InlineData("person@example.com.", null)]
    [InlineData("person\u0000@example.com", null)]
    public void Normalize_Text_IsTrimmedLowerCaseOrNull(string email, string? normalized) =>
        SubscriberEmails.Normalize(email).ShouldBe(normalized);

    [Fact]
    public void Normalize_LongestAddress_IsTwoHundredAndFiftyFour()
    {
        var host = "@" + new string('b', 60) + ".example";

        SubscriberEmails.Normalize(new string('a', 254 - host.Length) + host).ShouldNotBeNull();
        SubscriberEmails.Normalize(new string('a', 255 - host.Length) + host).ShouldBeNull();
    }

    [Fact]
    public void Hash_SamePersonInTwoOrganizations_CannotBeCompared()
    {
        emails.Hash(1, "person@example.com").ShouldBe(emails.Hash(1, "person@example.com"));
        emails.Hash(1, "person@example.com").ShouldNotBe(emails.Hash(2, "person@example.com"));
        emails.Hash(1, "person@example.com").ShouldNotBe(emails.Hash(1, "person@example.org"));
    }

    [Fact]
    public void Hash_OtherMasterKey_IsAnother() =>
        new SubscriberEmails(new MasterKey(new byte[MasterKey.Length]))
            .Hash(1, "person@example.com")
            .ShouldNotBe(emails.Hash(1, "person@example.com"));

    [Fact]
    public void Open_CopyOfAnotherRegistration_IsACryptographicException()
    {
        var box = emails.Seal(1, 2, "person@example.com");

        emails.Open(1, 2, box).ShouldBe("person@example.com");
        Should.Throw<CryptographicException>(() => emails.Open(1, 3, box));
        Should.Throw<CryptographicException>(() => emails.Open(2, 2, box));
    }
}
