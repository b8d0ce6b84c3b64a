using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>What a tile computes; see <see cref="NhwcTile"/>. Strides count numbers.</summary>
internal unsafe struct NhwcTileArgs
{
    /// <summary>Where pixels 0 to 6 read.</summary>
    public float* Source;

    /// <summary>Where pixels 7 to 13 read.</summary>
    public float* Source7;

    /// <summary>From one pixel's source to the next one's.</summary>
    public nint SourceStep;

    public NhwcRun* Runs;

    public int RunCount;

    /// <summary>A panel of weights, [tap][2 registers].</summary>
    public float* Weights;

    /// <summary>What the sums begin with: 2 registers.</summary>
    public float* Bias;

    /// <summary>Where pixels 0 to 6 go.</summary>
    public float* Target;

    /// <summary>Where pixels 7 to 13 go.</summary>
    public float* Target7;

    /// <summary>From one pixel's target to the next one's.</summary>
    public nint TargetStep;

    /// <summary>From a number of the target to the one to add to it; with
    /// <see cref="HasResidual"/>.</summary>
    public nint Residual;

    public bool HasResidual;

    /// <summary>Channels of the panel that are there.</summary>
    public int Columns;

    public float Min;

    public float Max;

    /// <summary>What to fetch into the second-level cache meanwhile; moves on from tile to tile.
    /// </summary>
    public byte* Ahead;

    /// <summary>Bytes that <see cref="Ahead"/> moves by at each tap, or 0.</summary>
    public nint AheadStep;

    /// <summary>Whether there are taps enough to fetch, while they pass, what the epilogue reads
    /// and writes.</summary>
    public bool IsLong;
}

/// <summary>Taps that lie side by side in the source and in the panel.</summary>
/// <param name="Source">Where they begin, from a pixel's source.</param>
/// <param name="Weights">Where they begin in the panel.</param>
/// <param name="Length">How many they are.</param>
internal readonly record struct NhwcRun(nint Source, nint Weights, nint Length);

/// <summary>
/// The inner loop of channels-last convolutions: a tile of R pixels by C registers of output
/// channels stays in registers while all taps pass, and through the epilogue. One text serves
/// every shape and register width. Columns must fill the C registers. The text is short on purpose:
/// what the compiler's budget for inlining leaves out is called with all sums in memory, and a
/// register too many in the epilogue keeps a sum in memory in the loop, too.
/// </summary>
internal static unsafe class NhwcTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, R, C>(NhwcTileArgs* args)
        where V : unmanaged, IF32Lanes<V>
        where R : struct, IGemmConst
        where C : struct, IGemmConst
    {
        var b0 = V.Load(args->Bias);
        var b1 = C.Value > 1 ? V.Load(args->Bias + V.Count) : default;
        NhwcTileRow<V, C> r0 = new(b0, b1);
        NhwcTileRow<V, C> r1 = new(b0, b1);
        NhwcTileRow<V, C> r2 = new(b0, b1);
        NhwcTileRow<V, C> r3 = new(b0, b1);
        NhwcTileRow<V, C> r4 = new(b0, b1);
        NhwcTileRow<V, C> r5 = new(b0, b1);
        NhwcTileRow<V, C> r6 = new(b0, b1);
        NhwcTileRow<V, C> r7 = new(b0, b1);
        NhwcTileRow<V, C> r8 = new(b0, b1);
        NhwcTileRow<V, C> r9 = new(b0, b1);
        NhwcTileRow<V, C> r10 = new(b0, b1);
        NhwcTileRow<V, C> r11 = new(b0, b1);
        NhwcTileRow<V, C> r12 = new(b0, b1);
        NhwcTileRow<V, C> r13 = new(b0, b1);

        if (Sse.IsSupported && args->IsLong)
        {
            Fetch<V, R, C>(args);
        }

        // Byte offsets: x86 addressing scales an index by up to 8, so three registers reach seven
        // pixels from one base.
        var step = args->SourceStep * sizeof(float);
        var step3 = 3 * step;
        var step5 = 5 * step;
        var ahead = args->Ahead;
        var aheadStep = args->AheadStep;
        var run = args->Runs;
        for (var left = args->RunCount; left > 0; left--, run++)
        {
            var a = (byte*)(args->Source + run->Source);
            var a7 = R.Value > 7 ? (byte*)(args->Source7 + run->Source) : a;
            var w = args->Weights + run->Weights;
            var end = w + (run->Length * 2 * V.Count);
            for (; w < end; w += 2 * V.Count)
            {
                var w0 = V.Load(w);
                var w1 = C.Value > 1 ? V.Load(w + V.Count) : default;
                r0.Step<R, N0>(a, w0, w1);
                r1.Step<R, N1>(a + step, w0, w1);
                r2.Step<R, N2>(a + (2 * step), w0, w1);
                r3.Step<R, N3>(a + step3, w0, w1);
                r4.Step<R, N4>(a + (4 * step), w0, w1);
                r5.Step<R, N5>(a + step5, w0, w1);
                r6.Step<R, N6>(a + (2 * step3), w0, w1);
                r7.Step<R, N7>(a7, w0, w1);
                r8.Step<R, N8>(a7 + step, w0, w1);
                r9.Step<R, N9>(a7 + (2 * step), w0, w1);
                r10.Step<R, N10>(a7 + step3, w0, w1);
                r11.Step<R, N11>(a7 + (4 * step), w0, w1);
                r12.Step<R, N12>(a7 + step5, w0, w1);
                r13.Step<R, N13>(a7 + (2 * step3), w0, w1);
                a += sizeof(float);
                a7 += sizeof(float);
                if (C.Value > 1 && Sse.IsSupported)
                {
                    Sse.Prefetch1(ahead);
                    ahead += aheadStep;
                }
            }
        }

        args->Ahead = ahead;
        var target = args->Target;
        var target7 = args->Target7;
        step = args->TargetStep;
        if (args->HasResidual)
        {
            var residual = target + args->Residual;
            var residual7 = target7 + args->Residual;
            r0.Add<R, N0>(residual);
            r1.Add<R, N1>(residual + step);
            r2.Add<R, N2>(residual + (2 * step));
            r3.Add<R, N3>(residual + (3 * step));
            r4.Add<R, N4>(residual + (4 * step));
            r5.Add<R, N5>(residual + (5 * step));
            r6.Add<R, N6>(residual + (6 * step));
            r7.Add<R, N7>(residual7);
            r8.Add<R, N8>(residual7 + step);
            r9.Add<R, N9>(residual7 + (2 * step));
            r10.Add<R, N10>(residual7 + (3 * step));
            r11.Add<R, N11>(residual7 + (4 * step));
            r12.Add<R, N12>(residual7 + (5 * step));
            r13.Add<R, N13>(residual7 + (6 * step));
        }

        var min = V.Broadcast(args->Min);
        var max = V.Broadcast(args->Max);
        r0.Store<R, N0>(target, min, max);
        r1.Store<R, N1>(target + step, min, max);
        r2.Store<R, N2>(target + (2 * step), min, max);
        r3.Store<R, N3>(target + (3 * step), min, max);
        r4.Store<R, N4>(target + (4 * step), min, max);
        r5.Store<R, N5>(target + (5 * step), min, max);
        r6.Store<R, N6>(target + (6 * step), min, max);
        r7.Store<R, N7>(target7, min, max);
        r8.Store<R, N8>(target7 + step, min, max);
        r9.Store<R, N9>(target7 + (2 * step), min, max);
        r10.Store<R, N10>(target7 + (3 * step), min, max);
        r11.Store<R, N11>(target7 + (4 * step), min, max);
        r12.Store<R, N12>(target7 + (5 * step), min, max);
        r13.Store<R, N13>(target7 + (6 * step), min, max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<V, R, C>(NhwcTileArgs* args)
        where V : unmanaged, IF32Lanes<V>
        where R : struct, IGemmConst
        where C : struct, IGemmConst
    {
        var residual = args->HasResidual ? args->Residual : 0;
        for (nint i = 0; i < R.Value; i++)
        {
            var to = i < NhwcTiles.Half
                ? args->Target + (i * args->TargetStep)
                : args->Target7 + ((i - NhwcTiles.Half) * args->TargetStep);
            Sse.Prefetch1(to);
            Sse.Prefetch1(to + residual);
            if (C.Value > 1)
            {
                Sse.Prefetch1(to + V.Count);
                Sse.Prefetch1(to + V.Count + residual);
            }
        }
    }
}

/// <summary>One pixel of a tile. Pixel I of a tile of R pixels does nothing when I ≥ R.</summary>
internal unsafe struct NhwcTileRow<V, C>(V lo, V hi)
    where V : unmanaged, IF32Lanes<V>
    where C : struct, IGemmConst
{
    private V _lo = lo;
    private V _hi = hi;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<R, I>(byte* a, V w0, V w1)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            var x = V.Broadcast(*(float*)a);
            _lo = V.Fma(x, w0, _lo);
            if (C.Value > 1)
            {
                _hi = V.Fma(x, w1, _hi);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<R, I>(float* from)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            _lo += V.Load(from);
            if (C.Value > 1)
            {
                _hi += V.Load(from + V.Count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store<R, I>(float* to, V min, V max)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            V.Store(ConvEpilogue.Clamp(_lo, min, max), to);
            if (C.Value > 1)
            {
                V.Store(ConvEpilogue.Clamp(_hi, min, max), to + V.Count);
            }
        }
    }
}
