using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class OperandTests
{
    [Fact]
    public void It_holds_what_it_was_given()
    {
        var value = 1f;
        var operand = new Operand(&value, DType.Float32, [4, 1]);
        Assert.True(operand.Data == &value);
        Assert.Equal(DType.Float32, operand.Type);
        Assert.Equal([4, 1], operand.Strides.ToArray());
    }
}
