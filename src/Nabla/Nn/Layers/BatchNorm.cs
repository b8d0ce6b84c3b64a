using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Batch normalization of (N, C, …): <c>y = (x − mean) / √(variance + ε) · weight + bias</c>. In
/// training mean and (biased) variance are the batch's, and running ones follow:
/// <c>r ← (1 − momentum)·r + momentum·new</c>, with the unbiased variance; in use they are the
/// running ones. Source: Ioffe, Szegedy, 2015, algorithms 1 and 2.
/// </summary>
/// <exception cref="ArgumentException">Calling it with another shape, or in training with one value
/// per channel.</exception>
public abstract class BatchNorm : Module<Tensor, Tensor>
{
    private readonly double _epsilon;
    private readonly double? _momentum;

    private protected BatchNorm(
        int features, double epsilon, double? momentum, bool affine, bool trackRunningStats)
    {
        Require.AtLeast(GetType().Name, features, 1);
        Require.NotNegative(GetType().Name, epsilon);
        if (momentum is { } share)
        {
            Require.Share(GetType().Name, share, nameof(momentum));
        }
        Features = features;
        _epsilon = epsilon;
        _momentum = momentum;
        if (affine)
        {
            Weight = new Parameter(Tensor.Ones(features));
            Bias = new Parameter(Tensor.Zeros(features));
        }
        if (trackRunningStats)
        {
            RunningMean = new ModuleBuffer(Tensor.Zeros(features));
            RunningVar = new ModuleBuffer(Tensor.Ones(features));
            NumBatchesTracked = new ModuleBuffer(Tensor.Scalar(0L)) { IsOptional = true };
        }
    }

    /// <summary>C.</summary>
    public int Features { get; }

    /// <summary>The scale (C,), or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The shift (C,), or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The running mean (C,), or null when the batch's is always used.</summary>
    public ModuleBuffer? RunningMean { get; }

    /// <summary>The running variance (C,), or null when the batch's is always used.</summary>
    public ModuleBuffer? RunningVar { get; }

    /// <summary>How many batches the running statistics have seen.</summary>
    public ModuleBuffer? NumBatchesTracked { get; }

    /// <inheritdoc/>
    protected override string Description => $"{Features}, eps={_epsilon}, momentum={_momentum}"
        + (Weight is null ? ", affine=False" : "")
        + (RunningMean is null ? ", track_running_stats=False" : "");

    /// <summary>Whether an input has the dimensions that the layer is for.</summary>
    private protected abstract bool Takes(Shape shape);

    /// <summary>The input's shape in messages.</summary>
    private protected abstract string Expected { get; }

    /// <inheritdoc/>
    protected sealed override Tensor Forward(Tensor x)
    {
        if (!Takes(x.Shape) || x.Shape[1] != Features)
        {
            throw new ArgumentException(
                $"{GetType().Name} expects {Expected} but got {x.Shape}");
        }
        if (!IsTraining && RunningMean is not null)
        {
            return x.BatchNormInference(RunningMean, RunningVar!, Weight, Bias, _epsilon);
        }
        var (y, mean, variance) = x.BatchNorm(Weight, Bias, _epsilon);
        if (IsTraining && (RunningMean, RunningVar, NumBatchesTracked) is
            ({ } runningMean, { } runningVar, { } batches))
        {
            using (GradMode.NoGrad())
            {
                batches.Assign(batches + 1);
                Follow(runningMean, mean, batches);
                // The running variance is unbiased.
                var count = x.Count / Features;
                Follow(runningVar, variance * (count / (count - 1.0)), batches);
            }
        }
        return y;
    }

    private void Follow(ModuleBuffer running, Tensor current, Tensor batches)
    {
        // Without a momentum every batch counts the same.
        var share = _momentum is { } momentum ? (Tensor)momentum : 1 / batches.To(current.DType);
        running.Assign((running * (1 - share)) + (current * share));
    }
}
