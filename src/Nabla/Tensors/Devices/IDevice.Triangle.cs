namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = the matrices x (…, M, N), zero above (<paramref name="lower"/>) or below a
    /// diagonal: 0 is the main one, above it they count up. Both are contiguous.</summary>
    void Triangle(Tensor x, long diagonal, bool lower, Tensor y);
}
