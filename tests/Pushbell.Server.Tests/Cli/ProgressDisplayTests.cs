using Pushbell.Server.Cli;

namespace Pushbell.Server.Tests.Cli;

public sealed class ProgressDisplayTests
{
    private static readonly (string What, long Done, long Of)[] Course =
    [
        ("copied organization", 2, 2),
        .. Enumerable.Range(1, 500).Select(page => ("copied registration", 2_000L * page, 1_000_000L)),
        ("compared registration", 1_000_000, 1_000_000),
    ];

    [Fact]
    public void Show_IntoAFile_IsALineForEveryTenth()
    {
        var lines = Shown(Course, isTerminal: false, isQuiet: false).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(13);
        lines[0].Trim().ShouldBe("copied organization: 2 of 2 (100 %)");
        lines[2].Trim().ShouldBe("copied registration: 100,000 of 1,000,000 (10 %)");
        lines[^1].Trim().ShouldBe("compared registration: 1,000,000 of 1,000,000 (100 %)");
    }

    [Fact]
    public void Show_OnATerminal_IsOneBarThatIsGoneInTheEnd()
    {
        var text = Shown(Course, isTerminal: true, isQuiet: false);

        text.ShouldNotContain('\n');
        var written = text.Split('\r', StringSplitOptions.RemoveEmptyEntries);
        written.Length.ShouldBe(1 + 101 + 1 + 1);
        written.ShouldContain(line => line.TrimEnd() == "[#####---------------] copied registration: 250,000 of 1,000,000 (25 %)");
        written[^2].TrimEnd().ShouldBe("[####################] compared registration: 1,000,000 of 1,000,000 (100 %)");
        written[^1].ShouldBe(new string(' ', written[^2].TrimEnd().Length));
        text.ShouldEndWith("\r");
    }

    [Fact]
    public void Show_OfNothingToDo_IsDone() => Shown([("copied alarm", 0, 0)], isTerminal: false, isQuiet: false).Trim().ShouldBe("copied alarm: 0 of 0 (100 %)");

    [Fact]
    public void Show_Quiet_IsNothing() => Shown(Course, isTerminal: true, isQuiet: true).ShouldBeEmpty();

    private static string Shown((string What, long Done, long Of)[] course, bool isTerminal, bool isQuiet)
    {
        using var error = new StringWriter();
        using (var display = new ProgressDisplay(error, isTerminal, isQuiet))
        {
            foreach (var (what, done, of) in course)
            {
                display.Show(what, done, of);
            }
        }

        return error.ToString();
    }
}
