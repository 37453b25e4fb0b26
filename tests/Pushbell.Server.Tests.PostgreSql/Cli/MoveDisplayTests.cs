using Pushbell.Dispatch.Storage.Moving;
using Pushbell.Server.Cli;

namespace Pushbell.Server.Tests.Cli;

public sealed class MoveDisplayTests
{
    private static readonly MoveProgress[] Course =
    [
        new("organization", 2, 2, IsCheck: false),
        .. Enumerable.Range(1, 500).Select(page => new MoveProgress("registration", 2_000L * page, 1_000_000, IsCheck: false)),
        new("registration", 1_000_000, 1_000_000, IsCheck: true),
    ];

    [Fact]
    public void Show_IntoAFile_IsALineForEveryTenth()
    {
        var lines = Shown(isTerminal: false, isQuiet: false).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(13);
        lines[0].Trim().ShouldBe("copied organization: 2 of 2 (100 %)");
        lines[2].Trim().ShouldBe("copied registration: 100,000 of 1,000,000 (10 %)");
        lines[^1].Trim().ShouldBe("compared registration: 1,000,000 of 1,000,000 (100 %)");
    }

    [Fact]
    public void Show_OnATerminal_IsOneLineThatIsGoneInTheEnd()
    {
        var text = Shown(isTerminal: true, isQuiet: false);

        text.ShouldNotContain('\n');
        var written = text.Split('\r', StringSplitOptions.RemoveEmptyEntries);
        written.Length.ShouldBe(1 + 101 + 1 + 1);
        written[^2].TrimEnd().ShouldBe("compared registration: 1,000,000 of 1,000,000 (100 %)");
        written[^1].ShouldBe(new string(' ', written[^2].TrimEnd().Length));
        text.ShouldEndWith("\r");
    }

    [Fact]
    public void Show_Quiet_IsNothing() => Shown(isTerminal: true, isQuiet: true).ShouldBeEmpty();

    private static string Shown(bool isTerminal, bool isQuiet)
    {
        using var error = new StringWriter();
        using (var display = new MoveDisplay(error, isTerminal, isQuiet))
        {
            foreach (var progress in Course)
            {
                display.Show(progress);
            }
        }

        return error.ToString();
    }
}
