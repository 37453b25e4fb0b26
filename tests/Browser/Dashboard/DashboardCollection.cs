namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>The tests that share one installation and one browser. Not beside other browsers, as <see cref="BrowserCollection"/>.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DashboardCollection : ICollectionFixture<DashboardFixture>
{
    public const string Name = "Dashboard";
}
