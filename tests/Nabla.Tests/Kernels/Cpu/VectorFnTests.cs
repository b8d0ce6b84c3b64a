using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorFnTests
{
    [Fact]
    public void A_primitives_method_is_found_and_runs()
    {
        var method = VectorFn.Unary<SquareFn, F64x1>();
        Assert.Equal(typeof(SquareFn), method.DeclaringType);
        Assert.True(method.IsStatic);
        var result = (F64x1)method.Invoke(null, [new F64x1(3)])!;
        Assert.Equal(9, result.Value);
    }

    [Fact]
    public void Two_and_three_operands_work_alike()
    {
        var quotient = VectorFn.Binary<DivFn, F64x1>().Invoke(null, [new F64x1(3), new F64x1(4)]);
        Assert.Equal(0.75, ((F64x1)quotient!).Value);
        var choice = VectorFn.Ternary<SelectFn, F64x1>()
            .Invoke(null, [new F64x1(0), new F64x1(4), new F64x1(5)]);
        Assert.Equal(5, ((F64x1)choice!).Value);
    }
}
