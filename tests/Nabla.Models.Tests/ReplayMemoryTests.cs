using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Models.Tests;

/// <summary>A captured step of each kind of model replays without a new object, on the calling
/// thread and on all others.</summary>
[Collection(nameof(MemoryCollection))]
public sealed class ReplayMemoryTests
{
    private const int Vocabulary = 16;

    /// <summary>Replays after which kernels are compiled and code for the graph emitted.</summary>
    private const int WarmUp = 60;

    private const int Replays = 100;

    /// <summary>Fewer bytes than the smallest object takes, for each replay; what the runtime's
    /// own threads do meanwhile counts too.</summary>
    private const long AllThreads = 20 * Replays;

    private const int Rounds = 5;

    [Fact]
    public void A_transformer_with_dropout_and_clipped_gradients_allocates_nothing()
    {
        var model = new TransformerLanguageModel(
            Vocabulary, context: 12, width: 32, heads: 2, hidden: 64, layers: 2, dropout: 0.1);
        AllocatesNothing(model, new AdamW(model, 1e-3), Ids(4, 12), Ids(48), clip: true);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void A_character_model_with_clipped_gradients_allocates_nothing(string layer)
    {
        CharModel model = layer switch
        {
            "rnn" => new CharRnn(Vocabulary, 8, 24),
            "gru" => new CharGru(Vocabulary, 8, 24),
            _ => new CharLstm(Vocabulary, 8, 24),
        };
        AllocatesNothing(model, new Adam(model, 1e-3), Ids(7, 5), Ids(35), clip: true);
    }

    [Fact]
    public void A_residual_network_with_batch_norm_and_momentum_allocates_nothing()
    {
        var model = new Sequential(
            new Conv2d(3, 16, 3, padding: 1, bias: false), new BatchNorm2d(16), new ReLU(),
            new Residual(16, 16, 1), new Residual(16, 32, 2), new AdaptiveAvgPool2d(1),
            new Flatten(), new Linear(32, Vocabulary));
        AllocatesNothing(
            model, new SGD(model, 0.01, momentum: 0.9, weightDecay: 1e-4),
            Tensor.Randn(6, 3, 12, 12), Ids(6), clip: false);
    }

    private static void AllocatesNothing(Module<Tensor, Tensor> model, Optimizer optimizer,
        Tensor input, Tensor target, bool clip)
    {
        var step = new CapturedStep(x =>
        {
            optimizer.ZeroGrad();
            var logits = model.Call(x[0]);
            var loss = logits.Reshape(-1, Vocabulary).CrossEntropy(x[1]);
            loss.Backward();
            using (GradMode.NoGrad())
            {
                if (clip)
                {
                    optimizer.ClipGradNorm(1);
                }
                optimizer.Step();
            }
            return [loss.Detach()];
        });
        void Run(int begin, int end)
        {
            for (var i = begin; i < end; i++)
            {
                optimizer.LearningRate = 1e-3 / (1 + i);
                Generator.Default.BeginStep(i);
                if (!step.TryReplay(input, target))
                {
                    Assert.Fail(step.BreakReason);
                }
            }
        }
        Run(0, WarmUp);
        var first = step.Outputs[0].Item();
        var own = GC.GetAllocatedBytesForCurrentThread();
        var all = long.MaxValue;
        // The test runner's threads allocate at times, too; replays would each time.
        for (var round = 0; round < Rounds && all > AllThreads; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Run(WarmUp, WarmUp + Replays);
            all = GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        own = GC.GetAllocatedBytesForCurrentThread() - own;
        Assert.NotEqual(first, step.Outputs[0].Item());
        Assert.Equal(1, step.Captures);
        Assert.Equal(0, own);
        Assert.InRange(all, 0, AllThreads);
    }

    private static Tensor Ids(params long[] sizes) => Tensor.From(
        [.. Enumerable.Range(0, (int)sizes.Aggregate((a, b) => a * b))
            .Select(i => (long)(i * 5 % Vocabulary))],
        new Shape(sizes));

    /// <summary>The block of a ResNet-18.</summary>
    private sealed class Residual(int inputs, int outputs, int stride) : Module<Tensor, Tensor>
    {
        private readonly Sequential _layers = new(
            new Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false),
            new BatchNorm2d(outputs), new ReLU(),
            new Conv2d(outputs, outputs, 3, padding: 1, bias: false), new BatchNorm2d(outputs));

        private readonly Sequential? _shortcut = stride == 1 ? null : new(
            new Conv2d(inputs, outputs, 1, stride: stride, bias: false), new BatchNorm2d(outputs));

        protected override Tensor Forward(Tensor x) =>
            (_layers.Call(x) + (_shortcut?.Call(x) ?? x)).Relu();
    }
}
