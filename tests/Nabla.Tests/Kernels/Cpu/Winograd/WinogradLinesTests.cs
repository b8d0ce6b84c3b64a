using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradLinesTests
{
    [Fact]
    public void ALineOfProductsIsTheCorrelation()
    {
        AssertCorrelation<WinogradForm2>();
        AssertCorrelation<WinogradForm3>();
        AssertCorrelation<WinogradForm4>();
        AssertCorrelation<WinogradFormStrided>();
        AssertCorrelation<WinogradFormTransposed>();
    }

    [Fact]
    public void GradientLinesAreTransposes()
    {
        AssertTransposes<WinogradForm2>();
        AssertTransposes<WinogradForm3>();
        AssertTransposes<WinogradForm4>();
        AssertTransposes<WinogradFormStrided>();
        AssertTransposes<WinogradFormTransposed>();
    }

    [Fact]
    public void AFormKnowsItsPhases()
    {
        Assert.Equal((1, 1, 3, 9), Sizes<WinogradForm4>());
        Assert.Equal((4, 1, 4, 16), Sizes<WinogradFormStrided>());
        Assert.Equal((1, 4, 4, 16), Sizes<WinogradFormTransposed>());
        Assert.Equal(17, WinogradForm<WinogradForm4>.Channels<ConvVector128>(17));
        Assert.Equal(80, WinogradForm<WinogradFormStrided>.Channels<ConvVector128>(17));

        static (int, int, int, int) Sizes<F>() where F : struct, IWinogradForm => (
            WinogradForm<F>.Phases, WinogradForm<F>.TargetPhases, WinogradForm<F>.Line,
            WinogradForm<F>.Weights);
    }

    [Fact]
    public void ATapThatIsZeroIsZeroAtOnePoint()
    {
        for (var phase = 0; phase < 4; phase++)
        {
            for (var point = 0; point < 36; point++)
            {
                // Even lines have no last tap, odd ones no first.
                var (row, column) = (phase / 2 == 0 ? 5 : 0, phase % 2 == 0 ? 5 : 0);
                Assert.Equal(
                    point / 6 == row || point % 6 == column,
                    WinogradForm<WinogradFormTransposed>.IsZero(phase, point));
                Assert.False(WinogradForm<WinogradForm4>.IsZero(phase, point));
            }
        }
    }

    private static void AssertCorrelation<F>() where F : struct, IWinogradForm
    {
        // Exact up to rounding: y[j] = Σ d[j + r]·g[r].
        float[] d = [0.3f, -1.2f, 0.7f, 2.1f, -0.4f, 1.6f];
        var g = new[] { 0.9f, -0.5f, 1.7f, -1.1f, 0.6f }[..F.Taps];
        var points = Map<WinogradInputLine<F>>(d[..WinogradForm<F>.Count]);
        var weights = Map<WinogradWeightLine<F>>(g);
        var y = Map<WinogradOutputLine<F>>([.. points.Zip(weights, (a, b) => a * b)]);
        Assert.Equal(F.Tile, y.Length);
        for (var j = 0; j < F.Tile; j++)
        {
            Assert.Equal(g.Select((w, r) => d[j + r] * w).Sum(), y[j], 1e-5);
        }
    }

    private static void AssertTransposes<F>() where F : struct, IWinogradForm
    {
        AssertTransposed<WinogradOutputLine<F>, WinogradOutputGradLine<F>>();
        AssertTransposed<WinogradWeightLine<F>, WinogradWeightGradLine<F>>();
    }

    private static void AssertTransposed<TLine, TTransposed>()
        where TLine : struct, IWinogradLine
        where TTransposed : struct, IWinogradLine
    {
        Assert.Equal((TLine.From, TLine.To), (TTransposed.To, TTransposed.From));
        for (var i = 0; i < TLine.From; i++)
        {
            var column = Map<TLine>(Unit(TLine.From, i));
            for (var j = 0; j < TLine.To; j++)
            {
                Assert.Equal(column[j], Map<TTransposed>(Unit(TLine.To, j))[i], 1e-7);
            }
        }
    }

    private static float[] Unit(int length, int index)
    {
        var unit = new float[length];
        unit[index] = 1;
        return unit;
    }

    /// <summary>The map of one lane, which the other lanes must not touch.</summary>
    private static float[] Map<TLine>(float[] numbers) where TLine : struct, IWinogradLine
    {
        const int step = 8;
        var from = stackalloc float[6 * step];
        var to = stackalloc float[6 * step];
        new Span<float>(from, 6 * step).Fill(99);
        for (var i = 0; i < numbers.Length; i++)
        {
            from[(i * step) + 2] = numbers[i];
        }
        TLine.Run<ConvVector128>(from, step, to, step);
        var result = new float[TLine.To];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = to[(i * step) + 2];
        }
        return result;
    }
}
