using System.CommandLine;
using Pushbell.Server.Hosting.Sending;

namespace Pushbell.Server.Cli.Sending;

/// <summary>Whom a send is for: exactly one of five.</summary>
internal sealed class TargetOptions
{
    private readonly Option<bool> all = new("--all") { Description = "Every active client." };
    private readonly Option<string[]> emails = new("--email") { HelpName = "EMAIL", Description = "A person; may be given again." };
    private readonly Option<string[]> userIds = new("--user-id") { HelpName = "ID", Description = "A person by your own id; may be given again." };
    private readonly Option<string[]> registrations = new("--registration") { HelpName = "reg_…", Description = "A single client; may be given again." };
    private readonly Option<FileInfo> emailsFile = new("--emails-file") { HelpName = "FILE", Description = $"People, one email a line; at most {SendRules.MaxIds:N0}." };

    public TargetOptions() => emailsFile.AcceptExistingOnly();

    public IReadOnlyList<Option> All => [all, emails, userIds, registrations, emailsFile];

    /// <summary>Adds the options to a command, and the check that one of them is given.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }

        command.Validators.Add(line =>
        {
            if (All.Count(option => line.GetResult(option) is { Implicit: false }) != 1)
            {
                line.AddError($"Say whom with exactly one of {string.Join(", ", All.Select(option => option.Name))}.");
            }
        });
    }

    /// <summary>The same body, for them.</summary>
    public async Task<SendBody> AimAsync(SendBody body, ParseResult line, CancellationToken cancellationToken) =>
        body with
        {
            TargetAll = line.GetValue(all) ? true : null,
            TargetUserEmails = line.GetValue(emailsFile) is { } file ? await ReadAsync(file, cancellationToken) : Given(line, emails),
            TargetUserIds = Given(line, userIds),
            TargetRegistrationIds = Given(line, registrations),
        };

    private static string[]? Given(ParseResult line, Option<string[]> option) => line.GetValue(option) is { Length: > 0 } values ? values : null;

    private static async Task<string[]> ReadAsync(FileInfo file, CancellationToken cancellationToken) =>
        [.. (await File.ReadAllLinesAsync(file.FullName, cancellationToken)).Where(line => !string.IsNullOrWhiteSpace(line))];
}
