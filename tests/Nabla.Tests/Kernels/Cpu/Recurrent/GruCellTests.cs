using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

public class GruCellTests
{
    [Fact]
    public void A_step_follows_its_formula()
    {
        var (h, _) = CellCheck.Forward<GruCell>([0.1, 0.2, 0.3], [1, -1, 0.5], 2, 0);
        var (r, z) = (S(1.1), S(-0.8));
        var n = Math.Tanh(0.3 + (r * 0.5));
        Assert.Equal(((1 - z) * n) + (z * 2), h, 12);
    }

    [Fact]
    public void Its_gradient_is_that_of_finite_differences() =>
        CellCheck.GradientMatches<GruCell>([0.1, 0.2, 0.3], [1, -1, 0.5], 0.3, 0);

    private static double S(double x) => 1 / (1 + Math.Exp(-x));
}
