namespace Pushbell.Browser.Tests.Drivers;

/// <summary>What a site may do about notifications, in the words of the Permissions standard.</summary>
internal enum Permission
{
    Prompt,
    Granted,
    Denied,
}

/// <summary>A real, unmodified browser on a fresh profile. Disposing closes it and removes the profile.</summary>
internal abstract class DrivenBrowser : IAsyncDisposable
{
    public abstract string Version { get; private protected set; }

    /// <summary>Opens an empty page.</summary>
    public abstract Task<BrowserPage> NewPageAsync();

    /// <summary>Decides what the user would be asked for this origin.</summary>
    public abstract Task SetNotificationPermissionAsync(string origin, Permission permission);

    /// <summary>Closes the browser and starts it again on the same profile. Its pages are gone.</summary>
    /// <param name="whileClosed">What happens in between.</param>
    public abstract Task RestartAsync(Func<Task> whileClosed);

    public abstract ValueTask DisposeAsync();
}
