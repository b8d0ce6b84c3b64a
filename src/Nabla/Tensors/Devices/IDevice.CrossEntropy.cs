namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// The cross-entropy of logits x (N, C, …) with class numbers (N, …) and, if given, weights
    /// (C,): the loss () or (N, …), what the gradient needs of the softmax, saved (2, N, …), and
    /// the divisor of a mean ().
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class.</exception>
    void CrossEntropy(Tensor x, Tensor target, Tensor? weight, Tensor loss, Tensor saved,
        Tensor divisor, in CrossEntropySettings settings);

    /// <summary>The gradient gx of the loss's gradient through the logits.</summary>
    void CrossEntropyBackward(Tensor gloss, Tensor x, Tensor target, Tensor? weight, Tensor saved,
        Tensor divisor, Tensor gx, in CrossEntropySettings settings);
}
