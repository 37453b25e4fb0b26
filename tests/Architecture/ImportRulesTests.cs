using System.Text.RegularExpressions;

namespace Pushbell.Architecture.Tests;

/// <summary>Who may import whom: the rules that the compiler cannot hold, read off the sources.</summary>
public sealed partial class ImportRulesTests
{
    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("Pushbell.WebPush", "")]
    [InlineData("Pushbell.LocalPushService", "")]
    [InlineData("Pushbell.Dispatch", "Pushbell.WebPush")]
    [InlineData("Pushbell.Server", "Pushbell.Dispatch")]
    public void Project_References_OnlyWhatItMay(string project, string allowed)
    {
        var file = File.ReadAllText(Path.Combine(Root, "src", project, project + ".csproj"));

        var references = ProjectReference().Matches(file).Select(match => match.Groups["name"].Value).ToArray();

        references.ShouldBeSubsetOf(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // In Dispatch: Delivery → Notifications → Registrations, Organizations → Accounts → Audit → Sealing, Storage.
    [Theory]
    [InlineData("Pushbell.Dispatch/Audit", "Accounts|Organizations|Registrations|Notifications|Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Accounts", "Organizations|Registrations|Notifications|Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Storage", "Sealing|Audit|Accounts|Organizations|Registrations|Notifications|Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Sealing", "Storage|Audit|Accounts|Organizations|Registrations|Notifications|Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Organizations", "Registrations|Notifications|Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Registrations", "Notifications|Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Notifications", "Delivery|Troubleshooting")]
    [InlineData("Pushbell.Dispatch/Delivery", "Troubleshooting")]
    public void DispatchFolder_NeverNames_WhatIsAboveIt(string folder, string above) =>
        Offenders(folder, new Regex($@"(using Pushbell\.Dispatch\.({above});)|(\b({above})\.[A-Z])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Pushbell.Server/V1", @"\b(V2|Management)\b")]
    [InlineData("Pushbell.Server/V2", @"\b(V1|Management)\b")]
    [InlineData("Pushbell.Server/Management", @"\b(V1|V2)\b|Server\.Cli")]
    [InlineData("Pushbell.Dispatch", @"Microsoft\.AspNetCore")]
    [InlineData("Pushbell.WebPush", @"Microsoft\.AspNetCore|System\.Data|Pushbell\.(Dispatch|Server)")]
    public void Folder_NeverNames(string folder, string forbidden) =>
        Offenders(folder, new Regex(forbidden, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).ShouldBeEmpty();

    [Fact]
    public void PushClient_IsUsed_OnlyByDelivery() =>
        Offenders("Pushbell.Dispatch", PushClient())
            .Where(file => !file.Contains("/Delivery/", StringComparison.Ordinal))
            // It only puts things together.
            .Where(file => !file.EndsWith("/DispatchServices.cs", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Sql_Stands_OnlyInDispatch() =>
        Offenders("Pushbell.Server", Sql())
            // Readiness asks the database whether it is there.
            .Where(file => !file.EndsWith("/Health.cs", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void SourceFile_StaysBelow_250Lines() =>
        Sources("").Where(file => File.ReadLines(file).Count() > 250).Select(Name).ShouldBeEmpty();

    [Fact]
    public void CapabilityFolder_Opens_WithAReadme() =>
        new[] { "Pushbell.Dispatch", "Pushbell.WebPush", "Pushbell.LocalPushService" }
            .SelectMany(project => Directory.GetDirectories(Path.Combine(Root, "src", project)))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .Where(folder => !File.Exists(Path.Combine(folder, "README.md")))
            .Select(Name)
            .ShouldBeEmpty();

    private static IEnumerable<string> Offenders(string folder, Regex forbidden) =>
        Sources(folder)
            .Where(file => File.ReadLines(file).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(line)))
            .Select(Name);

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "src", folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Name(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pushbell.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"ProjectReference Include="".*/(?<name>[^/]+)\.csproj""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\bPushClient\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PushClient();

    [GeneratedRegex(@"""\s*(SELECT|INSERT|UPDATE|DELETE)\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sql();
}
