namespace Pushbell.Testing.Postgres;

/// <summary>
/// Who runs the server. PostgreSQL refuses to run as root; then it is the account that its package makes, or the one that owns nothing.
/// </summary>
internal sealed class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];
    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly string[] launcher;

    private ServerAccount(params string[] launcher) => this.launcher = launcher;

    /// <exception cref="InvalidOperationException">There is no account for it.</exception>
    public static async Task<ServerAccount> FindAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount();
        }

        foreach (var name in Candidates)
        {
            try
            {
                await using var asking = new ChildProgram("/", NoEnvironment, "id", "-g", name);
                var group = (await asking.EndAsync()).Trim();
                return new ServerAccount("setpriv", $"--reuid={name}", $"--regid={group}", "--init-groups", "--");
            }
            catch (InvalidOperationException)
            {
                // No such account.
            }
        }

        throw new InvalidOperationException($"PostgreSQL does not run as root, and there is none of the accounts {string.Join(", ", Candidates)}.");
    }

    /// <summary>The whole command line that runs one as this account.</summary>
    public string[] Line(params string[] command) => [.. launcher, .. command];

    /// <summary>Runs one of PostgreSQL's own programs to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public async Task RunAsync(PostgresPlace place, string program, params string[] arguments)
    {
        string[] line = [.. place.Launcher, .. Line([Path.Combine(PostgresPrograms.Folder!, program), .. arguments])];
        // The account may not be allowed into the folder of the tests.
        await using var running = new ChildProgram("/", NoEnvironment, line[0], line[1..]);
        await running.EndAsync();
    }
}
