using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class WinogradPointsTests
{
    [Fact]
    public void NormsAreTheProductsOfTheDistances()
    {
        double[] points =
            [0, WinogradPoints.A, -WinogradPoints.A, WinogradPoints.B, -WinogradPoints.B];
        Assert.Equal(WinogradPoints.Norm0, Norm(0), 1e-7);
        Assert.Equal(WinogradPoints.NormA, Norm(1), 1e-7);
        Assert.Equal(WinogradPoints.NormA, Norm(2), 1e-7);
        Assert.Equal(WinogradPoints.NormB, Norm(3), 1e-7);
        Assert.Equal(WinogradPoints.NormB, Norm(4), 1e-7);

        double Norm(int index) => 1 / points.Where((_, i) => i != index)
            .Aggregate(1.0, (product, q) => product * (points[index] - q));
    }
}
