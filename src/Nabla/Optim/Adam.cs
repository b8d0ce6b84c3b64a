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
    private Tensor _unbias1 = 1;
    private Tensor _unbias2 = 1;

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

    /// <summary>Adds the weight decay: to the gradient.</summary>
    /// <param name="slot">The parameter.</param>
    /// <param name="x">Its value, to be changed here if the decay changes it.</param>
    /// <param name="gradient">Its gradient, likewise.</param>
    private protected virtual void Decay(Slot slot, ref Tensor x, ref Tensor gradient) =>
        gradient = gradient + (slot.WeightDecay * x);

    private protected override bool IsPure => GetType().Assembly == typeof(Optimizer).Assembly;

    /// <inheritdoc/>
    protected override void Begin(Tensor step)
    {
        // In float64: 1 − 0.999ᵗ has few digits left in float32.
        _unbias1 = (1 / (1 - Tensor.Scalar(_beta1).Pow(step))).To(DType.Float32);
        _unbias2 = (1 / (1 - Tensor.Scalar(_beta2).Pow(step))).Sqrt().To(DType.Float32);
    }

    /// <inheritdoc/>
    protected override void Update(Slot slot, Tensor gradient)
    {
        var x = slot.Parameter;
        if (slot.WeightDecay != 0)
        {
            Decay(slot, ref x, ref gradient);
        }
        var m = slot.State(0);
        var v = slot.State(1);
        m.Assign((_beta1 * m) + ((1 - _beta1) * gradient));
        v.Assign((_beta2 * v) + ((1 - _beta2) * gradient * gradient));
        var step = slot.LearningRate * _unbias1 * m / ((v.Sqrt() * _unbias2) + _epsilon);
        slot.Parameter.Assign(x - step);
    }
}
