namespace Pushbell.Browser.Tests.Drivers;

/// <summary>The browser answered a command with an error, or a script in it threw.</summary>
internal sealed class BrowserException(string message) : Exception(message);
