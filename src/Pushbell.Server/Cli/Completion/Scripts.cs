namespace Pushbell.Server.Cli.Completion;

/// <summary>
/// Each asks the program itself, which answers <c>[suggest:position] "line without the program's name"</c> with one suggestion a line;
/// so it never knows less than the program, and nothing is opened.
/// </summary>
internal static class Scripts
{
    private const string Bash = """
        # pushbell: completion for bash. In ~/.bashrc: source <(pushbell completion bash)
        _pushbell() {
            local line=${COMP_LINE#*"${COMP_WORDS[0]}"}
            local point=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$point]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _pushbell pushbell
        """;

    private const string Zsh = """
        # pushbell: completion for zsh. In ~/.zshrc, after compinit: source <(pushbell completion zsh)
        _pushbell() {
            local line="${(j: :)words[2,CURRENT]}"
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -a found
        }
        compdef _pushbell pushbell
        """;

    private const string Fish = """
        # pushbell: completion for fish. In ~/.config/fish/config.fish: pushbell completion fish | source
        function __pushbell_complete
            set -l words (commandline -opc) (commandline -ct)
            set -l line (string join -- ' ' $words[2..-1])
            $words[1] "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
        end
        complete -c pushbell -f -a '(__pushbell_complete)'
        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    public static string For(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => throw new ArgumentOutOfRangeException(nameof(shell)),
        };
}
