using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Fixed gradients of outputs: they turn several outputs into one number.</summary>
internal static class Cotangents
{
    /// <summary>Irregular numbers in (−1, 1), in the shape of an output.</summary>
    public static Tensor Of(Tensor y)
    {
        var numbers = new double[y.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            // Multiples of the golden ratio spread evenly and never repeat.
            var turn = (i + 1) * 0.6180339887498949;
            numbers[i] = (2 * (turn - Math.Floor(turn))) - 1;
        }
        return Tensor.From(numbers, y.Shape);
    }

    /// <summary>Σ cotangent · output.</summary>
    public static double Dot(Tensor[] outputs, Tensor[] cotangents)
    {
        var sum = 0.0;
        for (var k = 0; k < outputs.Length; k++)
        {
            var y = outputs[k].ToArray<double>();
            var v = cotangents[k].ToArray<double>();
            for (var i = 0; i < y.Length; i++)
            {
                sum += y[i] * v[i];
            }
        }
        return sum;
    }
}
