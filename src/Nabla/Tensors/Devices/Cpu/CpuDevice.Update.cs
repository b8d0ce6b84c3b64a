using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <summary>An optimizer's step of a float32 or float64 parameter.</summary>
    private static void Update<TUpdate, TProblem>(
        in TProblem problem, GradientSource gradient, Tensor newX)
        where TUpdate : struct, IParameterUpdate<TProblem>
        where TProblem : unmanaged
    {
        if (newX.DType == DType.Float32)
        {
            Update<float, TUpdate, TProblem>(problem, gradient, newX);
        }
        else
        {
            Update<double, TUpdate, TProblem>(problem, gradient, newX);
        }
    }

    private static void Update<T, TUpdate, TProblem>(
        in TProblem problem, GradientSource gradient, Tensor newX)
        where T : unmanaged
        where TUpdate : struct, IParameterUpdate<TProblem>
        where TProblem : unmanaged
    {
        if (gradient is not { Left: var a, Right: { } b })
        {
            UpdateLoop<TUpdate, TProblem>.Run<T>(problem);
            return;
        }
        UpdateLoop<TUpdate, TProblem>.Run(problem, new GemmProblem<T>
        {
            M = checked((int)a.Shape[0]),
            N = checked((int)b.Shape[1]),
            K = checked((int)a.Shape[1]),
            A = (T*)a.Pointer,
            ARow = (nint)a.Strides[0],
            ACol = (nint)a.Strides[1],
            B = (T*)b.Pointer,
            BRow = (nint)b.Strides[0],
            BCol = (nint)b.Strides[1],
            C = (T*)newX.Pointer,
            Ldc = (nint)b.Shape[1],
        });
    }
}
