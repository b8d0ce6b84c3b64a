using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Training_lowers_the_loss_on_data_it_has_not_seen()
    {
        var run = new TinyRun(new TrainerOptions { Epochs = 40 });
        var before = run.Trainer.Evaluate(TinyRun.Validation());
        var progress = run.Trainer.Fit(TinyRun.Data(), TinyRun.Validation());
        Assert.Equal(400, progress.Step);
        Assert.InRange(progress.Validation!.Loss, 0, before.Loss * 0.7);
        Assert.False(run.Model.IsTraining);
    }

    [Fact]
    public void Captured_and_eager_runs_agree()
    {
        var captured = new TinyRun(new TrainerOptions { Epochs = 3 });
        var eager = new TinyRun(new TrainerOptions { Epochs = 3, Eager = true });
        captured.Trainer.Fit(TinyRun.Data(batch: 7), TinyRun.Validation());
        eager.Trainer.Fit(TinyRun.Data(batch: 7), TinyRun.Validation());
        Assert.All(captured.Weights().Zip(eager.Weights()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_with_and_without_workers()
    {
        var a = new TinyRun(new TrainerOptions { Epochs = 2, Seed = 7 });
        var b = new TinyRun(new TrainerOptions { Epochs = 2, Seed = 7 });
        var c = new TinyRun(new TrainerOptions { Epochs = 2, Seed = 8 });
        a.Trainer.Fit(TinyRun.Data());
        b.Trainer.Fit(TinyRun.Data(workers: 2));
        c.Trainer.Fit(TinyRun.Data());
        Assert.Equal(a.Weights(), b.Weights());
        Assert.NotEqual(a.Weights(), c.Weights());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(13, false)]
    [InlineData(27, false)]
    [InlineData(29, false)]
    [InlineData(17, true)]
    public void A_resumed_run_equals_an_unbroken_one_bit_for_bit(int step, bool eager)
    {
        using var folder = new TempFolder();
        var options = new TrainerOptions { Epochs = 3, Eager = eager };
        var whole = new TinyRun(options);
        var end = whole.Trainer.Fit(TinyRun.Data(), TinyRun.Validation());

        options = options with { Folder = folder.Path, Resume = true };
        using var cancel = new CancellationTokenSource();
        var first = new TinyRun(options, new At(step, cancel.Cancel));
        Assert.True(first.Trainer.Fit(
            TinyRun.Data(), TinyRun.Validation(), cancel.Token).IsInterrupted);
        var second = new TinyRun(options);
        var resumed = second.Trainer.Fit(TinyRun.Data(workers: 1), TinyRun.Validation());

        Assert.Equal(step, resumed.ResumedFromStep);
        Assert.Equal(whole.Weights(), second.Weights());
        Assert.Equal(end.Train.Loss, resumed.Train.Loss);
        Assert.Equal(end.Validation!.Loss, resumed.Validation!.Loss);
        Assert.Equal(end.BestLoss, resumed.BestLoss);
    }

    [Fact]
    public void Checkpoints_come_within_epochs_and_at_their_ends()
    {
        using var folder = new TempFolder();
        var seen = new Recorder();
        new TinyRun(new TrainerOptions { Epochs = 2, Folder = folder.Path, CheckpointEvery = 4 },
            seen).Trainer.Fit(TinyRun.Data());
        Assert.Equal(["step-4", "step-8", "step-10", "step-12", "step-16", "step-20"],
            seen.Checkpoints.Select(c => Path.GetFileName(c)));
        var store = new CheckpointStore(folder.Path);
        Assert.EndsWith("step-20", store.Last);
        Assert.NotNull(store.Best);
        Assert.InRange(Directory.GetDirectories(folder["checkpoints"]).Length, 2, 3);
    }

    [Fact]
    public void A_finished_run_resumes_to_its_end()
    {
        using var folder = new TempFolder();
        var options = new TrainerOptions { Epochs = 2, Folder = folder.Path, Resume = true };
        var first = new TinyRun(options);
        first.Trainer.Fit(TinyRun.Data());
        var second = new TinyRun(options);
        var progress = second.Trainer.Fit(TinyRun.Data());
        Assert.Equal((20, 20), (progress.ResumedFromStep, progress.Step));
        Assert.Equal(first.Weights(), second.Weights());
    }

    [Fact]
    public void Another_runs_checkpoint_is_refused_with_the_differences()
    {
        using var folder = new TempFolder();
        var options = new TrainerOptions { Epochs = 1, Folder = folder.Path, Resume = true };
        new TinyRun(options).Trainer.Fit(TinyRun.Data());
        Assert.Contains("the checkpoint is of another run: batch_size is 8, it was 4; repeat that "
            + "run's options, or train into another folder", Assert.Throws<InvalidDataException>(
            () => new TinyRun(options).Trainer.Fit(TinyRun.Data(batch: 8))).Message);
        Assert.Contains("seed is 5, it was 0", Assert.Throws<InvalidDataException>(
            () => new TinyRun(options with { Seed = 5 }).Trainer.Fit(TinyRun.Data())).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loss_that_is_no_number_stops_the_run_names_the_op_and_changes_nothing(bool eager)
    {
        var model = new TinyModel();
        var optimizer = new SGD(model, 0.1);
        var before = model.StateDict().Values.Select(t => t.ToArray<float>()).ToArray();
        var trainer = new Trainer(model, optimizer,
            (p, t) => TinyRun.Loss(p, t) + (p.Sum() * 0 - 1).Log(),
            new TrainerOptions { Epochs = 1, Eager = eager });
        var error = Assert.Throws<DivergedException>(() => trainer.Fit(TinyRun.Data()));
        Assert.Equal(1, error.Step);
        Assert.Contains("Log made a NaN or infinity", error.Message);
        Assert.Equal(before, model.StateDict().Values.Select(t => t.ToArray<float>()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gradient_that_is_no_number_stops_the_run_before_it_does_harm(bool eager)
    {
        var model = new TinyModel();
        var before = model.StateDict().Values.Select(t => t.ToArray<float>()).ToArray();
        var trainer = new Trainer(model, new SGD(model, 0.1),
            (p, t) => TinyRun.Loss(p, t) + (p.Sum() * 0).Sqrt(),
            new TrainerOptions { Epochs = 1, Eager = eager });
        var error = Assert.Throws<DivergedException>(() => trainer.Fit(TinyRun.Data()));
        Assert.Contains("SqrtBackward made a NaN or infinity", error.Message);
        Assert.Equal(before, model.StateDict().Values.Select(t => t.ToArray<float>()));
    }

    [Fact]
    public void Parameters_without_gradient_are_named_once()
    {
        var model = new Forgetful();
        var seen = new Recorder();
        new Trainer(model, new SGD(model, 0.1), TinyRun.Loss,
            new TrainerOptions { Epochs = 2 }, seen).Fit(TinyRun.Data());
        Assert.Equal(["no gradient reaches unused, idle: not used in the loss"], seen.Warnings);
    }

    [Fact]
    public void A_break_of_the_capture_is_told_once()
    {
        var model = new TinyModel();
        var seen = new Recorder();
        new Trainer(model, new SGD(model, 0.1), (p, t) =>
        {
            _ = p.Sum().Item();
            return TinyRun.Loss(p, t);
        }, new TrainerOptions { Epochs = 2 }, seen).Fit(TinyRun.Data());
        Assert.StartsWith("steps run eagerly", Assert.Single(seen.Warnings));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_refused_when_it_would_be_dropped()
    {
        var run = new TinyRun(new TrainerOptions());
        var data = new Nabla.Data.DataLoader(
            new Nabla.Data.TensorDataset(Tensor.Zeros(3, 3), Tensor.From(0L, 1L, 0L)), 4,
            dropLast: true);
        Assert.Contains("3 samples make no batch of 4",
            Assert.Throws<ArgumentException>(() => run.Trainer.Fit(data)).Message);
    }

    [Fact]
    public void A_failing_disk_leaves_the_former_checkpoint()
    {
        using var folder = new TempFolder();
        var options = new TrainerOptions { Epochs = 2, Folder = folder.Path, Resume = true };
        var run = new TinyRun(options, new At(12, () => Nabla.Formats.DurableFile.Opener.Value =
            path => throw new IOException("No space left on device")));
        try
        {
            Assert.Throws<IOException>(() => run.Trainer.Fit(TinyRun.Data()));
        }
        finally
        {
            Nabla.Formats.DurableFile.Opener.Value = null;
        }
        Assert.EndsWith("step-10", new CheckpointStore(folder.Path).Last);
        var resumed = new TinyRun(options);
        Assert.Equal(10, resumed.Trainer.Fit(TinyRun.Data()).ResumedFromStep);
        var whole = new TinyRun(options with { Folder = null });
        whole.Trainer.Fit(TinyRun.Data());
        Assert.Equal(whole.Weights(), resumed.Weights());
    }

    private sealed class Forgetful : Module<Tensor, Tensor>
    {
        private readonly TinyModel _used = new();
        private readonly Parameter _unused = new(Tensor.Zeros(2));
        private readonly Parameter _idle = new(Tensor.Zeros(2));

        protected override Tensor Forward(Tensor x) => _used.Call(x);
    }
}
