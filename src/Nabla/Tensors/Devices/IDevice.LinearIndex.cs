namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y = the row-major place of the cell (x₀, x₁, …) in a box: negative coordinates count from
    /// their dimension's end. All are int64, contiguous, of one shape.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate leaves the box.</exception>
    void LinearIndex(ReadOnlySpan<Tensor> x, Shape box, Tensor y);
}
