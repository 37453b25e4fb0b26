using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "appsettings.json");

    private static readonly JsonSerializerOptions NamedEnums = new() { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    [Fact]
    public void AppSettingsFile_HoldsEveryKey_WithItsDefault()
    {
        using var document = JsonDocument.Parse(
            System.IO.File.ReadAllText(File),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }
        );
        var written = document.RootElement.GetProperty("Pushbell");

        var defaults = JsonSerializer.SerializeToElement(new PushbellSettings(), NamedEnums);

        Flatten("", written).ShouldBe(Flatten("", defaults), ignoreOrder: true);
    }

    [Fact]
    public void AppSettingsFile_Read_EqualsTheDefaults()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(File).Build();

        SettingsReader.Read(configuration, new Environment("Production")).Limits.ShouldBe(new LimitSettings());
    }

    [Theory]
    [InlineData("Pushbell:Delivery:Windw", "1", "Pushbell:Delivery:Windw is not a setting. Known there: LeaseSeconds, Window, Workers, RetentionDays, Encryption.")]
    [InlineData("Pushbell:Delivery:Window", "0", "Pushbell:Delivery:Window is 0; it must be from 1 to 100000.")]
    [InlineData("Pushbell:Delivery:Window", "many", "Pushbell:Delivery:Window")]
    [InlineData("Pushbell:Role", "boss", "Pushbell:Role")]
    [InlineData("Pushbell:Bootstrap:SecretKey", "sk_short", "Pushbell:Bootstrap:SecretKey must be 'sk_' and at least 20")]
    [InlineData("Pushbell:Bootstrap:SecretKey", "psk_0123456789abcdefghij", "Pushbell:Bootstrap:SecretKey must be 'sk_'")]
    [InlineData("Pushbell:Bootstrap:Plan", "platinum", "Pushbell:Bootstrap:Plan 'platinum' is none of starter")]
    [InlineData("Pushbell:Bootstrap:Credits", "-1", "Pushbell:Bootstrap:Credits must not be negative")]
    [InlineData("Pushbell:Bootstrap:ServiceIdentifier", "My App", "Pushbell:Bootstrap:ServiceIdentifier 'My App' must be lower-case")]
    [InlineData("Pushbell:Bootstrap:OwnerEmail", "nobody", "Pushbell:Bootstrap:OwnerEmail 'nobody' is not an email address.")]
    [InlineData("Pushbell:Bootstrap:ContactEmail", "root@localhost", "Pushbell:Bootstrap:ContactEmail")]
    [InlineData("Pushbell:Bootstrap:AllowedOrigins:0", "https://a.example/", "Pushbell:Bootstrap:AllowedOrigins 'https://a.example/' must be an origin")]
    [InlineData("Pushbell:PushServices:Trusted:0", "127.0.0.1:9090", "Pushbell:PushServices:Trusted '127.0.0.1:9090' must be an origin")]
    [InlineData("Pushbell:PublicUrl", "https://push.example.com/", "Pushbell:PublicUrl 'https://push.example.com/' must be an origin")]
    [InlineData("Pushbell:TrustedProxies:0", "proxy", "Pushbell:TrustedProxies 'proxy' must be an address")]
    [InlineData("Pushbell:TrustedProxies:0", "10.0.0.0/40", "Pushbell:TrustedProxies '10.0.0.0/40' must be an address")]
    [InlineData("Pushbell:Limits:RegistrationsPerAddressPerMinute", "0", "Pushbell:Limits:RegistrationsPerAddressPerMinute is 0")]
    [InlineData("Pushbell:PushServices:Route:fcm.googleapis.com", "127.0.0.1:1", "Pushbell:PushServices:Route is for development and tests")]
    public void Read_BadSetting_SaysWhichAndHowToMendIt(string key, string value, string sentence) =>
        Should.Throw<BadSettingException>(() => Read("Production", (key, value))).Message.ShouldContain(sentence);

    [Fact]
    public void Read_RouteInDevelopment_MustNameAddressAndFingerprint()
    {
        const string Key = "Pushbell:PushServices:Route:fcm.googleapis.com";

        Should.Throw<BadSettingException>(() => Read("Development", (Key, "127.0.0.1:1"))).Message.ShouldContain("sha256");
        Read("Development", (Key, "127.0.0.1:1 sha256:" + new string('a', 64))).PushServices.Route.Count.ShouldBe(1);
    }

    [Fact]
    public void Read_EmptyValues_AreNotSet()
    {
        var settings = Read("Production", ("Pushbell:Bootstrap:Credits", ""), ("Pushbell:Bootstrap:SecretKey", ""));

        settings.Bootstrap.Credits.ShouldBeNull();
        settings.Bootstrap.ToValues().SecretKey.ShouldBeNull();
    }

    private static PushbellSettings Read(string environment, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value)))
            .Build();
        return SettingsReader.Read(configuration, new Environment(environment));
    }

    private static List<string> Flatten(string path, JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? [.. element.EnumerateObject().SelectMany(property => Flatten($"{path}:{property.Name}", property.Value)).DefaultIfEmpty($"{path}={{}}")]
            : [$"{path}={element.GetRawText()}"];

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "pushbell";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
