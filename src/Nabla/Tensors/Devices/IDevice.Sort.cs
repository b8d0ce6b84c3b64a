namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// The k smallest elements (or, <paramref name="descending"/>, largest) of a dimension, best
    /// first, and where they lay (int64); of equal ones those that lay first. k is y's size; NaN
    /// counts as the largest. All are contiguous; not for 16-bit floats.
    /// </summary>
    void Sort(Tensor x, int dim, bool descending, Tensor y, Tensor index);

    /// <summary>
    /// The middle element in order of each line along the last dimension, the lower of two, and
    /// where it lies (int64); the first NaN wins. The dimension has an element; all are contiguous;
    /// not for 16-bit floats.
    /// </summary>
    void Median(Tensor x, Tensor y, Tensor index);
}
