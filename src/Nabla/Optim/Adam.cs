using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// Steps scaled by running moments of the gradient: with <c>g ← g + λθ</c>,
/// <c>m ← β₁m + (1 − β₁)g</c> and <c>v ← β₂v + (1 − β₂)g²</c>, the step is
/// <c>θ ← θ − lr · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)</c>. Source: Kingma and Ba (2015), "Adam: a
/// method for stochastic optimization", algorithm 1.
/// </summary>
[RegisteredName("adam")]
public class Adam : Optimizer
{
    /// <summary>How it is made by name.</summary>
    public static OptimizerEntry Entry { get; } =
        new(1e-3, (model, rate) => new Adam(model, rate));

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private Tensor _step = 0;
    private (Tensor First, Tensor Second)? _unbias;

    /// <summary>Optimizes the parameters of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, how long the first moment remembers.</param>
    /// <param name="beta2">β₂, how long the second moment remembers.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ, as part of the gradient.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Adam(Module model, double learningRate = 1e-3, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this(GroupsOf(model), learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Optimizes groups of parameters, which may have rates of their own.</summary>
    /// <inheritdoc cref="Adam(Module, double, double, double, double, double)"/>
    public Adam(IEnumerable<ParameterGroup> groups, double learningRate = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(groups, learningRate, weightDecay, "m", "v")
    {
        RequireShare(beta1, nameof(beta1));
        RequireShare(beta2, nameof(beta2));
        Require(epsilon, nameof(epsilon));
        (_beta1, _beta2, _epsilon) = (beta1, beta2, epsilon);
    }

    /// <summary>Whether the weight decay shrinks the parameter and is no part of the gradient.
    /// </summary>
    private protected virtual bool IsDecoupled => false;

    /// <inheritdoc/>
    protected override void Begin(Tensor step) => (_step, _unbias) = (step, null);

    /// <inheritdoc/>
    protected override void Update(Slot slot, Tensor gradient)
    {
        var (x, m, v) = (slot.Parameter, slot.State(0), slot.State(1));
        if (IsPlain(x, gradient))
        {
            var settings = new AdamSettings(
                _beta1, _beta2, _epsilon, slot.WeightDecay, IsDecoupled);
            Replace(new AdamUpdateOp(settings), [x, m, v], [x, gradient, m, v, slot.Rate, _step]);
            return;
        }
        var value = x;
        if (slot.WeightDecay != 0 && IsDecoupled)
        {
            value = x * (1 - (slot.LearningRate * slot.WeightDecay));
        }
        else if (slot.WeightDecay != 0)
        {
            gradient = gradient + (slot.WeightDecay * x);
        }
        // In float64: 1 − 0.999ᵗ has few digits left in float32.
        var (first, second) = _unbias ??= (
            (1 / (1 - Tensor.Scalar(_beta1).Pow(_step))).To(DType.Float32),
            (1 / (1 - Tensor.Scalar(_beta2).Pow(_step))).Sqrt().To(DType.Float32));
        m.Assign((_beta1 * m) + ((1 - _beta1) * gradient));
        v.Assign((_beta2 * v) + ((1 - _beta2) * gradient * gradient));
        var step = slot.LearningRate * first * m / ((v.Sqrt() * second) + _epsilon);
        x.Assign(value - step);
    }
}
