using System.Runtime.CompilerServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

/// <summary>The processor: its primitives are the kernels of <c>Nabla.Kernels.Cpu</c>.</summary>
public sealed unsafe partial class CpuDevice : IDevice
{
    private CpuDevice()
    {
    }

    /// <summary>The only one.</summary>
    public static CpuDevice Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Where the elements lie, or null for no tensor.</summary>
    private static void* Address(Tensor? x) => x is null ? null : x.Pointer;

    /// <summary>The elements, or null for no tensor.</summary>
    private static T* Data<T>(Tensor? x) where T : unmanaged => (T*)Address(x);

    /// <summary>Keeps tensors, and so the memory that pointers lead to, alive up to here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(params ReadOnlySpan<Tensor?> tensors) => _ = tensors.Length;

    /// <summary>Strides of x when it is read with another shape, 0 where it repeats.</summary>
    private static void BroadcastStrides(Tensor x, Shape shape, Span<long> strides)
    {
        strides.Clear();
        var dims = x.Shape.Dims;
        var lead = shape.Rank - dims.Length;
        for (var i = 0; i < dims.Length; i++)
        {
            strides[lead + i] = dims[i] == 1 ? 0 : x.Strides[i];
        }
    }
}
