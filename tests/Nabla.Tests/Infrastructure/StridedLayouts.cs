using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>Ways to lay a tensor's elements out in memory other than row-major.</summary>
internal static class StridedLayouts
{
    /// <summary>Each way with its name; the shape stays.</summary>
    public static IReadOnlyList<(string Name, Func<Tensor, Tensor> View)> All { get; } =
    [
        ("transposed", Transposed), ("sliced", Sliced), ("expanded", Expanded),
    ];

    /// <summary>Column-major.</summary>
    private static Tensor Transposed(Tensor x)
    {
        var strides = new long[x.Rank];
        var step = 1L;
        for (var i = 0; i < strides.Length; i++)
        {
            strides[i] = step;
            step *= Math.Max(1, x.Shape.Dims[i]);
        }
        return Filled(x, strides, offset: 0, extent: step);
    }

    /// <summary>Every second element of every second row, away from the storage's start.</summary>
    private static Tensor Sliced(Tensor x)
    {
        var strides = new long[x.Rank];
        var step = 2L;
        for (var i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, x.Shape.Dims[i]) * 2;
        }
        return Filled(x, strides, offset: 3, extent: step + 3);
    }

    /// <summary>The first slice of the first dimension, again and again.</summary>
    private static Tensor Expanded(Tensor x)
    {
        var strides = x.Strides.ToArray();
        if (strides.Length > 0)
        {
            strides[0] = 0;
        }
        return x.Alias(new Layout(x.Shape, strides, 0));
    }

    private static Tensor Filled(Tensor x, long[] strides, long offset, long extent)
    {
        var memory = Tensor.Empty(new Shape(extent), x.DType);
        memory.Device.Fill(0, memory);
        var view = memory.Alias(new Layout(x.Shape, strides, offset));
        view.Device.Copy(x, view);
        return view;
    }
}
