using Nabla.Nn;

namespace Nabla.Optim;

/// <summary>
/// Adam with the weight decay apart from the gradient: <c>θ ← θ − lr·λθ</c> before the step of
/// <see cref="Adam"/>. Source: Loshchilov and Hutter (2019), "Decoupled weight decay
/// regularization", algorithm 2.
/// </summary>
[RegisteredName("adamw")]
public sealed class AdamW : Adam
{
    /// <summary>How it is made by name.</summary>
    public static new OptimizerEntry Entry { get; } =
        new(1e-3, (model, rate) => new AdamW(model, rate));

    /// <summary>Optimizes the parameters of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, how long the first moment remembers.</param>
    /// <param name="beta2">β₂, how long the second moment remembers.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public AdamW(Module model, double learningRate = 1e-3, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
        : base(model, learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Optimizes groups of parameters, which may have rates of their own.</summary>
    /// <inheritdoc cref="AdamW(Module, double, double, double, double, double)"/>
    public AdamW(IEnumerable<ParameterGroup> groups, double learningRate = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0.01)
        : base(groups, learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    private protected override bool IsDecoupled => true;
}
