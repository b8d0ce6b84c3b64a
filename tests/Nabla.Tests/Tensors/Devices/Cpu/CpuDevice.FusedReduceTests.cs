using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Devices.Cpu;

public class CpuDeviceFusedReduceTests
{
    [Fact]
    public void A_chain_is_folded_over_any_dimensions_with_broadcast_inputs()
    {
        var program = new FusedProgram(2,
            [new(Nabla.Autograd.Arithmetic.AddOp.Instance.Tile(DType.Float32), 2, 0, 1, 1)],
            [2, 2]);
        var (a, b) = (Tensor.Randn(4, 5, 6), Tensor.Randn(5, 1));
        foreach (var target in new Shape[] { [1, 1, 1], [4, 5, 1], [1, 5, 1], [5, 6], [6] })
        {
            var (y, z) = (Tensor.Empty(target), Tensor.Empty(new Shape(4, 5, 6)));
            a.Device.FusedReduce<SumFn>(program, new Shape(4, 5, 6), [a, b], [y, z]);
            var sum = a + b;
            Assert.Equal(sum.ToArray<float>(), z.ToArray<float>());
            var expected = new Nabla.Autograd.Arithmetic.SumToOp(target).Apply(sum);
            Assert.Equal(expected.ToArray<float>(), y.ToArray<float>());
        }
    }
}
