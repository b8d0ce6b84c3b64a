using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class TileKernelsTests
{
    [Fact]
    public void An_elements_bits_do_not_depend_on_its_position_or_the_lanes_width()
    {
        var x = NdIndex.Floats(64);
        var tile = stackalloc float[64];
        for (var i = 0; i < x.Length; i++)
        {
            float y;
            fixed (float* p = x)
            {
                TileKernels.Unary<SigmoidFn, F32x4>(p + i, &y, 1);
                foreach (var n in new[] { 1, 3, 4, 9, 17, 33 }.Where(n => n <= x.Length - i))
                {
                    TileKernels.Unary<SigmoidFn, F32x4>(p + i, tile, n);
                    Assert.Equal(y, tile[0]);
                    Elementwise.UnaryTile<SigmoidFn>(DType.Float32)(p + i, tile, n);
                    Assert.Equal(y, tile[0]);
                }
            }
        }
    }

    [Fact]
    public void Two_and_three_operands_reach_the_function_in_order()
    {
        var a = stackalloc float[] { 1, 0, 1, 0, 1 };
        var b = stackalloc float[] { 2, 3, 4, 5, 6 };
        var c = stackalloc float[] { -2, -3, -4, -5, -6 };
        var y = stackalloc float[5];
        TileKernels.Ternary<SelectFn, F32x4>(a, b, c, y, 5);
        Assert.Equal([2, -3, 4, -5, 6], new Span<float>(y, 5).ToArray());
        TileKernels.Binary<DivFn, F32x4>(b, c, y, 5);
        Assert.Equal([-1, -1, -1, -1, -1], new Span<float>(y, 5).ToArray());
    }
}
