using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>Samples of one step, stacked.</summary>
/// <param name="index">Its number in the epoch, from 0.</param>
/// <param name="tensors">What the data set gives, each (N, …).</param>
public sealed class Batch(int index, Tensor[] tensors)
{
    /// <summary>Its number in the epoch, from 0.</summary>
    public int Index => index;

    /// <summary>What the data set gives, each (N, …).</summary>
    public Tensor[] Tensors => tensors;

    /// <summary>The number of samples, N.</summary>
    public int Size => Tensors[0].Shape[0];

    /// <summary>What the model sees: the first tensor.</summary>
    public Tensor Input => Tensors[0];

    /// <summary>What it should answer: the last tensor.</summary>
    public Tensor Target => Tensors[^1];

    /// <summary>Input and target: <c>foreach (var (x, y) in loader)</c>.</summary>
    public void Deconstruct(out Tensor input, out Tensor target)
    {
        input = Input;
        target = Target;
    }
}
