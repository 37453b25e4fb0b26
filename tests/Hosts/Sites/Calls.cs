namespace Pushbell.Hosts.Tests.Sites;

internal static class Calls
{
    /// <returns>The status of a GET; null when there was no answer.</returns>
    public static async Task<int?> StatusAsync(this HttpClient http, string path)
    {
        try
        {
            using var response = await http.GetAsync(path);
            return (int)response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
