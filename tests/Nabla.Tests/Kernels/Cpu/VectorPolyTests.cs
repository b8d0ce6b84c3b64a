using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class VectorPolyTests
{
    [Fact]
    public void Coefficients_come_lowest_degree_first()
    {
        var x = new F64x1(10);
        Assert.Equal(321, VectorPoly.Of(x, 1, 2, 3).Value);
        Assert.Equal(4321, VectorPoly.Of(x, 1, 2, 3, 4).Value);
        Assert.Equal(54321, VectorPoly.Of(x, 1, 2, 3, 4, 5).Value);
        Assert.Equal(654321, VectorPoly.Of(x, 1, 2, 3, 4, 5, 6).Value);
        Assert.Equal(7654321, VectorPoly.Of(x, 1, 2, 3, 4, 5, 6, 7).Value);
        Assert.Equal(87654321, VectorPoly.Of(x, 1, 2, 3, 4, 5, 6, 7, 8).Value);
        Assert.Equal(987654321, VectorPoly.Of(x, 1, 2, 3, 4, 5, 6, 7, 8, 9).Value);
    }
}
