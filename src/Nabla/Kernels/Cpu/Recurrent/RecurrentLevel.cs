namespace Nabla.Kernels.Cpu;

/// <summary>Chooses the lanes for a cell.</summary>
internal static class RecurrentLevel<TCell> where TCell : IRecurrentCell
{
    public static void Forward<T>(in RecurrentProblem problem) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            RecurrentLoop<F64x1, double, TCell>.Forward(problem);
        }
        else if (typeof(T) != typeof(float))
        {
            throw Unsupported<T>();
        }
        else if (Simd.Wide)
        {
            RecurrentLoop<F32x16, float, TCell>.Forward(problem);
        }
        else if (Simd.Medium)
        {
            RecurrentLoop<F32x8, float, TCell>.Forward(problem);
        }
        else
        {
            RecurrentLoop<F32x4, float, TCell>.Forward(problem);
        }
    }

    public static void Backward<T>(in RecurrentProblem problem) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            RecurrentLoop<F64x1, double, TCell>.Backward(problem);
        }
        else if (typeof(T) != typeof(float))
        {
            throw Unsupported<T>();
        }
        else if (Simd.Wide)
        {
            RecurrentLoop<F32x16, float, TCell>.Backward(problem);
        }
        else if (Simd.Medium)
        {
            RecurrentLoop<F32x8, float, TCell>.Backward(problem);
        }
        else
        {
            RecurrentLoop<F32x4, float, TCell>.Backward(problem);
        }
    }

    private static NotSupportedException Unsupported<T>() => new(
        $"a recurrent layer runs in float or double, not {typeof(T).Name}");
}
