using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Uniform(Tensor y, in PhiloxKey key)
    {
        CheckFloat(y, "Rand");
        if (y.DType == DType.Float64)
        {
            RandomKernels.Uniform((double*)y.Pointer, y.Count, key);
        }
        else
        {
            RandomKernels.Uniform((float*)y.Pointer, y.Count, key);
        }
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Normal(Tensor y, in PhiloxKey key)
    {
        CheckFloat(y, "Randn");
        if (y.DType == DType.Float64)
        {
            RandomKernels.Normal((double*)y.Pointer, y.Count, key);
        }
        else
        {
            RandomKernels.Normal((float*)y.Pointer, y.Count, key);
        }
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Bernoulli(Tensor y, double p, in PhiloxKey key)
    {
        switch (y.DType)
        {
            case DType.Float32:
                RandomKernels.Bernoulli((float*)y.Pointer, y.Count, p, key);
                break;
            case DType.Bool or DType.UInt8:
                RandomKernels.Bernoulli((byte*)y.Pointer, y.Count, p, key);
                break;
            default:
                using (var mask = Scratch.Rent((nint)Math.Max(1, y.Count)))
                {
                    RandomKernels.Bernoulli((byte*)mask.Pointer, y.Count, p, key);
                    Kernels.Cpu.Copy.Strided(y.Shape.Dims,
                        new(mask.Pointer, DType.Bool, y.Strides),
                        new(y.Pointer, y.DType, y.Strides));
                }
                break;
        }
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void RandInt(Tensor y, long low, long high, in PhiloxKey key)
    {
        RandomKernels.RandInt((long*)y.Pointer, y.Count, low, high, key);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void Permutation(Tensor y, in PhiloxKey key)
    {
        RandomKernels.Permutation((long*)y.Pointer, y.Count, key);
        GC.KeepAlive(y);
    }

    private static void CheckFloat(Tensor y, string op)
    {
        if (y.DType is not (DType.Float32 or DType.Float64))
        {
            ThrowHelper.Argument($"{op} draws float32 or float64, not {y.DType.Name}; convert "
                + "with To");
        }
    }
}
