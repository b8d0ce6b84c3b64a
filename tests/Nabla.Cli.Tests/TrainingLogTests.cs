using System.Text.RegularExpressions;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Cli.Tests;

public class TrainingLogTests
{
    [Fact]
    public void A_step_that_can_not_be_captured_is_told_once_with_its_reason()
    {
        var log = Fit(new ReadsValues(), new TrainerOptions { Epochs = 3 }, interactive: false);
        Assert.Equal(2, log.Split("warning: steps run eagerly").Length);
        Assert.Contains("epoch 3/3", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_was_asked_to_be_eager_is_no_warning()
    {
        var options = new TrainerOptions { Epochs = 1, Eager = true };
        Assert.DoesNotContain("warning", Fit(new ReadsValues(), options, interactive: false),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_has_a_line_an_epoch_and_nothing_that_moves_the_cursor()
    {
        var log = Fit(new Linear(4, 3), new TrainerOptions { Epochs = 4 }, interactive: false);
        Assert.Equal(4, log.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain('\r', log);
        Assert.DoesNotContain('\e', log);
    }

    [Fact]
    public void A_terminal_has_a_bar_with_loss_accuracy_speed_and_time_left()
    {
        var log = Fit(new Linear(4, 3), new TrainerOptions { Epochs = 2 }, interactive: true);
        var bar = log.Split('\r').First(part => part.Contains('━') || part.Contains('─'));
        Assert.Matches(
            @"epoch 1/2 [━─]{24} +\d+%  loss \d\.\d+  acc +\d.*% .*samples/s  \d+:\d\d left",
            bar);
        Assert.EndsWith("\r\e[K", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_terminal_has_shorter_lines_that_do_not_wrap()
    {
        var log = Fit(new Linear(4, 3), new TrainerOptions { Epochs = 2 }, interactive: true, 80);
        var lines = log.Split('\r', '\n').Select(line => line.Replace("\e[K", "")).ToArray();
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => Regex.IsMatch(line,
            @"^epoch 1/2 [━─]{10} +\d+%  loss \d\.\d+  acc +\d.*%  [\d,]+/s  \d+:\d\d left$"));
        Assert.Contains(lines, line => Regex.IsMatch(line,
            @"^epoch 2/2  loss \d\.\d+  acc +\S+%  val \d\.\d+ +\S+%  [\d,]+/s  \S+ left$"));
    }

    private static string Fit(Module<Tensor, Tensor> model, TrainerOptions options,
        bool interactive, int width = 200)
    {
        using var error = new StringWriter();
        var terminal = new Terminal(TextWriter.Null, error, interactive);
        terminal.Progress.Profile.Width = width;
        Generator.ManualSeed(1);
        var data = new TensorDataset(Tensor.Rand(32, 4), Tensor.Zeros(new Shape(32), DType.Int64));
        var trainer = new Trainer(model, new SGD(model, 0.1), (x, y) => x.CrossEntropy(y), options,
            new TrainingLog(terminal));
        trainer.Fit(new DataLoader(data, 8), width == 200 ? null : new DataLoader(data, 8));
        return error.ToString();
    }

    private sealed class ReadsValues : Module<Tensor, Tensor>
    {
        private readonly Linear _net = new(4, 3);

        protected override Tensor Forward(Tensor x) =>
            x.Sum().Item() > 1e9 ? x : _net.Call(x);
    }
}
