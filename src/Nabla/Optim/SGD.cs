using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// Stochastic gradient descent with momentum: with gradient <c>g ← g + λθ</c> and velocity
/// <c>v ← μv + (1 − τ)g</c> (in the first step <c>v = g</c>), the step is <c>θ ← θ − lr·v</c>, or
/// <c>θ ← θ − lr·(g + μv)</c> after Nesterov. Source: Sutskever et al. (2013), "On the importance
/// of initialization and momentum in deep learning", in the form that PyTorch gives it.
/// </summary>
[RegisteredName("sgd")]
public sealed class SGD : Optimizer
{
    /// <summary>How it is made by name.</summary>
    public static OptimizerEntry Entry { get; } =
        new(0.1, (model, rate) => new SGD(model, rate));

    private readonly double _momentum;
    private readonly double _dampening;
    private readonly bool _nesterov;
    private Tensor _step = 0;
    private Tensor? _share;

    /// <summary>Descends on the parameters of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="momentum">μ; 0 keeps no velocity.</param>
    /// <param name="dampening">τ.</param>
    /// <param name="nesterov">Look ahead; needs momentum and no dampening.</param>
    /// <param name="weightDecay">λ.</param>
    /// <exception cref="ArgumentException">A number is out of range, or Nesterov is without
    /// momentum.</exception>
    public SGD(Module model, double learningRate = 0.01, double momentum = 0,
        double dampening = 0, bool nesterov = false, double weightDecay = 0)
        : this(GroupsOf(model), learningRate, momentum, dampening, nesterov, weightDecay)
    {
    }

    /// <summary>Descends on groups of parameters, which may have rates of their own.</summary>
    /// <inheritdoc cref="SGD(Module, double, double, double, bool, double)"/>
    public SGD(IEnumerable<ParameterGroup> groups, double learningRate = 0.01,
        double momentum = 0, double dampening = 0, bool nesterov = false, double weightDecay = 0)
        : base(groups, learningRate, weightDecay, momentum > 0 ? ["velocity"] : [])
    {
        Require(momentum, nameof(momentum));
        Require(dampening, nameof(dampening));
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("SGD: nesterov needs a momentum above 0 and no dampening, "
                + $"but got momentum {momentum} and dampening {dampening}");
        }
        (_momentum, _dampening, _nesterov) = (momentum, dampening, nesterov);
    }

    /// <inheritdoc/>
    protected override void Begin(Tensor step) => (_step, _share) = (step, null);

    /// <inheritdoc/>
    protected override void Update(Slot slot, Tensor gradient)
    {
        var x = slot.Parameter;
        if (IsPlain(x, gradient))
        {
            var settings = new SgdSettings(_momentum, _dampening, _nesterov, slot.WeightDecay);
            var op = new SGDUpdateOp(settings, _momentum > 0);
            if (_momentum > 0)
            {
                Replace(op, [x, slot.State(0)], [x, gradient, slot.Rate, _step, slot.State(0)]);
            }
            else
            {
                Replace(op, [x], [x, gradient, slot.Rate, _step]);
            }
            return;
        }
        if (slot.WeightDecay != 0)
        {
            gradient = gradient + (slot.WeightDecay * x);
        }
        if (_momentum > 0)
        {
            var velocity = slot.State(0);
            _share ??= Tensor.Where(_step.Eq(1), 1, 1 - _dampening).To(DType.Float32);
            velocity.Assign((_momentum * velocity) + (_share * gradient));
            gradient = _nesterov ? gradient + (_momentum * velocity) : velocity;
        }
        x.Assign(x - (slot.LearningRate * gradient));
    }
}
