namespace Nabla.Cli.Tests;

public class TerminalTests
{
    [Theory]
    [InlineData("short", 80, "short")]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("one two three", 12, "one two\n  three")]
    [InlineData("one two three four", 9, "one two\n  three\n  four")]
    [InlineData("a /very/long/path b", 8, "a\n  /very/long/path\n  b")]
    public void A_sentence_is_broken_between_words(string sentence, int width, string lines) =>
        Assert.Equal(lines.ReplaceLineEndings(), Terminal.Wrapped(sentence, width));

    [Fact]
    public void Only_a_terminal_has_a_width()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var file = new Terminal(output, error, interactive: false);
        var sentence = new string('a', 300) + " b";
        file.Tell(sentence);
        file.Say(sentence);
        Assert.Equal(sentence, output.ToString().TrimEnd());
        Assert.Equal(sentence, error.ToString().TrimEnd());

        var narrow = new Terminal(output, error, interactive: true, width: 20);
        narrow.Progress.Profile.Width = 10;
        Assert.Equal((20, 10), (narrow.OutWidth, narrow.ErrorWidth));
        error.GetStringBuilder().Clear();
        narrow.Say("nabla: all is well");
        Assert.Equal("nabla: all\n  is well\n".ReplaceLineEndings(), error.ToString());
    }
}
