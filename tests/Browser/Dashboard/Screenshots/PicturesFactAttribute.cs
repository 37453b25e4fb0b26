using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Pushbell.Browser.Tests.Dashboard.Screenshots;

/// <summary>Takes pictures for people to look at: a test for who names the folder that they go to, and for others none at all.</summary>
[XunitTestCaseDiscoverer(typeof(PicturesDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class PicturesFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : FactAttribute(file, line)
{
    /// <summary>Null: nobody wants pictures.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("PUSHBELL_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;
}

public sealed class PicturesDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        PicturesFactAttribute.Folder is null ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
}
