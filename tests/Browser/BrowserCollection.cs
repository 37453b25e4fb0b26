namespace Pushbell.Browser.Tests;

/// <summary>One browser at a time: two side by side on a small machine are slow enough to fail for no other reason.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserCollection
{
    public const string Name = "Browsers";
}
