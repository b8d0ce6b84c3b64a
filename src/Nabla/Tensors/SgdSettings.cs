namespace Nabla.Tensors;

/// <summary>The constants of a step of gradient descent.</summary>
/// <param name="Momentum">What stays of the velocity; unused where there is none.</param>
/// <param name="Dampening">What is taken from the gradient's share, but in the first step.</param>
/// <param name="Nesterov">Looks ahead.</param>
/// <param name="WeightDecay">λ.</param>
public readonly record struct SgdSettings(
    double Momentum, double Dampening, bool Nesterov, double WeightDecay);
