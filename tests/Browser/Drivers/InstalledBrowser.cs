namespace Pushbell.Browser.Tests.Drivers;

/// <summary>Finds the distribution's browsers.</summary>
internal static class InstalledBrowser
{
    /// <summary>The first of these commands that PATH knows. Without any the test is skipped, but fails where CI=true.</summary>
    public static string Find(params string[] commands)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = commands.SelectMany(command => folders.Select(folder => Path.Combine(folder, command))).FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return found;
        }

        var reason = $"NO BROWSER: none of {string.Join(", ", commands)} is installed, so nothing was tested in it.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
        return "";
    }
}
