namespace Pushbell.Browser.Tests.Drivers;

/// <summary>A folder for one run of one browser, home and profile in one; nothing of the user's is read or written.</summary>
internal sealed class BrowserProfile : IAsyncDisposable
{
    private const int Tries = 20;

    public string Folder { get; } = Directory.CreateTempSubdirectory("pushbell-browser-").FullName;

    /// <summary>The browser's helpers outlive it by a moment and may still write while the folder is being removed.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < Tries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
