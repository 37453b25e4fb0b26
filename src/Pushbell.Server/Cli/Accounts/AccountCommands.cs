using System.CommandLine;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Registrations;

namespace Pushbell.Server.Cli.Accounts;

/// <summary><c>pushbell account list|reset|operator</c></summary>
internal static class AccountCommands
{
    private static readonly string[] Switch = ["on", "off"];

    public static Command Create(CommandRunner runner) =>
        new("account", "Who can sign in to the dashboard.") { List(runner), Reset(runner), SetOperator(runner) };

    /// <summary>An email on the line.</summary>
    public static Argument<string> EmailArgument()
    {
        var email = new Argument<string>("email") { HelpName = "EMAIL", Description = "Letter case does not matter." };
        email.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => SubscriberEmails.Normalize(text) is null))
            {
                result.AddError($"'{text}' is not an email address.");
            }
        });
        return email;
    }

    public static string EmailOf(Operation operation, Argument<string> email) => SubscriberEmails.Normalize(operation.Line.GetRequiredValue(email))!;

    private static Command List(CommandRunner runner) =>
        runner.Runs(
            new Command("list", "All accounts, the oldest first."),
            async operation => new AccountsAnswer(
                [.. (await operation.Use<AccountBook>().ListAsync(operation.Cancellation)).Select(AccountAnswer.Of)]
            ).ToAnswer()
        );

    private static Command Reset(CommandRunner runner)
    {
        var email = EmailArgument();
        var withoutTotp = new Option<bool>("--without-totp") { Description = "The second factor is lost: using the link removes it." };
        return runner.Runs(
            new Command("reset", "Make a link by which somebody sets another password: good once, for an hour. Hand it over yourself.") { email, withoutTotp },
            async operation =>
            {
                var (whose, drops) = (EmailOf(operation, email), operation.Line.GetValue(withoutTotp));
                var reset = await operation.Use<AccountBook>().ResetAsync(whose, drops, Act.OfCommandLine("account.reset"), operation.Cancellation);
                return reset.TryGet(out var link, out var failure)
                    ? LinkAnswer.Of(operation, whose, link.Token, link.ExpiresAt).ToAnswer("Made. Whoever opens this link first sets the password:")
                    : failure;
            }
        );
    }

    private static Command SetOperator(CommandRunner runner)
    {
        var email = EmailArgument();
        var state = new Argument<string>("state") { HelpName = "on|off", Description = "May do everything in every organization, or not." };
        state.AcceptOnlyFromAmong(Switch);
        return runner.Runs(
            new Command("operator", "Put an account above all organizations, or back.") { email, state },
            async operation =>
            {
                var changed = await operation
                    .Use<AccountBook>()
                    .SetOperatorAsync(
                        EmailOf(operation, email),
                        operation.Line.GetRequiredValue(state) == Switch[0],
                        Act.OfCommandLine("account.operator"),
                        operation.Cancellation
                    );
                return changed.TryGet(out var account, out var failure) ? AccountAnswer.Of(account).ToAnswer("Changed.") : failure;
            }
        );
    }
}
