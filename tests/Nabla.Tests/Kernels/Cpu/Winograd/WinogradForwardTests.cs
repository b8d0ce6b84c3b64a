using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class WinogradForwardTests
{
    [Theory]
    [MemberData(nameof(WinogradCases.Shapes), MemberType = typeof(WinogradCases))]
    [MemberData(nameof(WinogradCases.Fives), MemberType = typeof(WinogradCases))]
    [MemberData(nameof(WinogradCases.Strided), MemberType = typeof(WinogradCases))]
    public void TheConvolutionIsTheDefinition(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape);
        var expected = sample.Reference().Y;
        WinogradCases.EveryWidth(
            Check<ConvVector128>, Check<ConvVector256>, Check<ConvVector512>);

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (shape.R == WinogradForm2.Taps)
            {
                CheckForm<V, WinogradForm2>();
                return;
            }
            if (shape.StrideH == WinogradFormStrided.Stride)
            {
                CheckForm<V, WinogradFormStrided>();
                return;
            }
            CheckForm<V, WinogradForm3>();
            CheckForm<V, WinogradForm4>();
        }

        void CheckForm<V, F>()
            where V : unmanaged, IConvVector<V>
            where F : struct, IWinogradForm
        {
            var actual = new float[expected.Length];
            actual.AsSpan().Fill(float.NaN);
            fixed (float* x = sample.X, w = sample.W, bias = sample.Bias, y = actual)
            {
                WinogradForward<V, F>.Run(
                    shape.N, WinogradCases.Filter(w, shape, turned: false),
                    WinogradCases.Input(x, shape),
                    WinogradCases.Target(y, bias, shape.K, shape.OutH, shape.OutW));
            }
            WinogradCases.AssertClose(expected, actual, $"y, {V.Count} lanes, tiles of {F.Tile}");
        }
    }

    [Theory]
    [MemberData(nameof(WinogradCases.Shapes), MemberType = typeof(WinogradCases))]
    [MemberData(nameof(WinogradCases.Fives), MemberType = typeof(WinogradCases))]
    public void ItsTransposeIsTheGradientForTheInput(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 2);
        var expected = sample.Reference().Gx;
        WinogradCases.EveryWidth(
            Check<ConvVector128>, Check<ConvVector256>, Check<ConvVector512>);

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (shape.R == WinogradForm2.Taps)
            {
                CheckForm<V, WinogradForm2>();
                return;
            }
            CheckForm<V, WinogradForm3>();
            CheckForm<V, WinogradForm4>();
        }

        void CheckForm<V, F>()
            where V : unmanaged, IConvVector<V>
            where F : struct, IWinogradForm
        {
            var actual = new float[expected.Length];
            actual.AsSpan().Fill(float.NaN);
            fixed (float* gy = sample.Gy, w = sample.W, gx = actual)
            {
                WinogradForward<V, F>.Run(
                    shape.N, WinogradCases.Filter(w, shape, turned: true),
                    WinogradCases.Grad(
                        gy, shape, shape.R - 1 - shape.PadH, shape.S - 1 - shape.PadW),
                    WinogradCases.Target(gx, null, shape.C, shape.H, shape.W));
            }
            WinogradCases.AssertClose(expected, actual, $"gx, {V.Count} lanes, tiles of {F.Tile}");
        }
    }
}
