using System.Runtime.Intrinsics.X86;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Channels-last results of one convolution, by each register width and by the
/// definition.</summary>
internal static unsafe class NhwcCase
{
    public static bool IsSupported<V>() where V : unmanaged, IF32Lanes<V> => V.Count switch
    {
        16 => Avx512F.IsSupported,
        8 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };

    /// <summary>(N, C, H, W) as (N, H, W, C).</summary>
    public static T[] Last<T>(T[] x, int images, int channels)
    {
        var y = new T[x.Length];
        var pixels = x.Length / Math.Max(1, images * channels);
        for (var i = 0; i < x.Length; i++)
        {
            var (image, c, p) = (i / pixels / channels, i / pixels % channels, i % pixels);
            y[(((image * pixels) + p) * channels) + c] = x[i];
        }

        return y;
    }

    /// <summary>Memory between two guards that must stay.</summary>
    public delegate void Kernel(float* y);

    public static float[] Guarded(int count, Kernel kernel)
    {
        const int guard = 64;
        var y = new float[count + (2 * guard)];
        y.AsSpan().Fill(float.NaN);
        fixed (float* p = y)
        {
            kernel(p + guard);
        }

        Assert.All(y[..guard], v => Assert.True(float.IsNaN(v)));
        Assert.All(y[^guard..], v => Assert.True(float.IsNaN(v)));
        return y[guard..^guard];
    }

    /// <summary>Checks a convolution against its definition: all epilogues, both input layouts.
    /// </summary>
    public static void Check<V>(Conv2dShape s, int seed = 1) where V : unmanaged, IF32Lanes<V>
    {
        if (!IsSupported<V>())
        {
            return;
        }

        var sample = new Conv2dCase(s, seed);
        var x = Last(sample.X, s.N, s.C);
        var residual = Last(sample.Gy, s.N, s.K);
        foreach (var hasBias in new[] { true, false })
        {
            var expected = Last(sample.Reference(hasBias).Y, s.N, s.K);
            var plain = Forward<V>(s, false, x, sample, hasBias, default, null);
            Conv2dCase.AssertClose(expected, plain, $"y, {V.Count} lanes");
            if (NhwcConv.TakesChannelsFirst(in s))
            {
                var first = Forward<V>(s, true, sample.X, sample, hasBias, default, null);
                Conv2dCase.AssertClose(expected, first, "y from channels first");
            }

            var clamp = new ConvEpilogue { Activation = ConvActivation.Clamp, Max = 9 };
            var fused = Forward<V>(s, false, x, sample, hasBias, clamp, residual);
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i] = Math.Clamp(expected[i] + residual[i], 0, 9);
            }

            Conv2dCase.AssertClose(expected, fused, "y with a residual and limits");
        }
    }

    public static float[] Forward<V>(
        Conv2dShape s, bool channelsFirst, float[] x, Conv2dCase sample, bool hasBias,
        ConvEpilogue epilogue, float[]? residual)
        where V : unmanaged, IF32Lanes<V>
    {
        var packed = new float[NhwcConv.Size<V>(in s)];
        fixed (float* from = x, w = sample.W, bias = sample.Bias, p = packed, r = residual)
        {
            NhwcConv.Pack<V>(in s, w, hasBias ? bias : null, p);
            var (source, weights) = ((nint)from, (nint)p);
            epilogue = new ConvEpilogue
            {
                Residual = r,
                Activation = epilogue.Activation,
                Min = epilogue.Min,
                Max = epilogue.Max,
            };
            return Guarded(sample.Gy.Length, y => NhwcConv.Forward<V>(
                in s, channelsFirst, (float*)source, (float*)weights, y, in epilogue));
        }
    }
}
