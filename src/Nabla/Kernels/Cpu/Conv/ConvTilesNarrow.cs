using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The tiles of <see cref="ConvTiles"/> that 16 SIMD registers hold, and that cover remainders.
/// </summary>
internal static unsafe class ConvTilesNarrow
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run6x2<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var a01 = a00;
        var a10 = V.Broadcast(init[1]);
        var a11 = a10;
        var a20 = V.Broadcast(init[2]);
        var a21 = a20;
        var a30 = V.Broadcast(init[3]);
        var a31 = a30;
        var a40 = V.Broadcast(init[4]);
        var a41 = a40;
        var a50 = V.Broadcast(init[5]);
        var a51 = a50;

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * 6);
            for (; offset < end; offset++, w += 6)
            {
                var x = source + *offset;
                var x0 = V.Load(x);
                var x1 = V.Load(x + V.Count);

                var s = V.Broadcast(w[0]);
                a00 = V.Fma(s, x0, a00);
                a01 = V.Fma(s, x1, a01);

                s = V.Broadcast(w[1]);
                a10 = V.Fma(s, x0, a10);
                a11 = V.Fma(s, x1, a11);

                s = V.Broadcast(w[2]);
                a20 = V.Fma(s, x0, a20);
                a21 = V.Fma(s, x1, a21);

                s = V.Broadcast(w[3]);
                a30 = V.Fma(s, x0, a30);
                a31 = V.Fma(s, x1, a31);

                s = V.Broadcast(w[4]);
                a40 = V.Fma(s, x0, a40);
                a41 = V.Fma(s, x1, a41);

                s = V.Broadcast(w[5]);
                a50 = V.Fma(s, x0, a50);
                a51 = V.Fma(s, x1, a51);
            }
        }

        var y = args.Target;
        V.Store(a00, y);
        V.Store(a01, y + V.Count);
        y += args.TargetRow;
        V.Store(a10, y);
        V.Store(a11, y + V.Count);
        y += args.TargetRow;
        V.Store(a20, y);
        V.Store(a21, y + V.Count);
        y += args.TargetRow;
        V.Store(a30, y);
        V.Store(a31, y + V.Count);
        y += args.TargetRow;
        V.Store(a40, y);
        V.Store(a41, y + V.Count);
        y += args.TargetRow;
        V.Store(a50, y);
        V.Store(a51, y + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run4x2<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var a01 = a00;
        var a10 = V.Broadcast(init[1]);
        var a11 = a10;
        var a20 = V.Broadcast(init[2]);
        var a21 = a20;
        var a30 = V.Broadcast(init[3]);
        var a31 = a30;

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * 4);
            for (; offset < end; offset++, w += 4)
            {
                var x = source + *offset;
                var x0 = V.Load(x);
                var x1 = V.Load(x + V.Count);

                var s = V.Broadcast(w[0]);
                a00 = V.Fma(s, x0, a00);
                a01 = V.Fma(s, x1, a01);

                s = V.Broadcast(w[1]);
                a10 = V.Fma(s, x0, a10);
                a11 = V.Fma(s, x1, a11);

                s = V.Broadcast(w[2]);
                a20 = V.Fma(s, x0, a20);
                a21 = V.Fma(s, x1, a21);

                s = V.Broadcast(w[3]);
                a30 = V.Fma(s, x0, a30);
                a31 = V.Fma(s, x1, a31);
            }
        }

        var y = args.Target;
        V.Store(a00, y);
        V.Store(a01, y + V.Count);
        y += args.TargetRow;
        V.Store(a10, y);
        V.Store(a11, y + V.Count);
        y += args.TargetRow;
        V.Store(a20, y);
        V.Store(a21, y + V.Count);
        y += args.TargetRow;
        V.Store(a30, y);
        V.Store(a31, y + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run2x4<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var (a01, a02, a03) = (a00, a00, a00);
        var a10 = V.Broadcast(init[1]);
        var (a11, a12, a13) = (a10, a10, a10);

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * 2);
            for (; offset < end; offset++, w += 2)
            {
                var x = source + *offset;
                var x0 = V.Load(x);
                var x1 = V.Load(x + V.Count);
                var x2 = V.Load(x + (2 * V.Count));
                var x3 = V.Load(x + (3 * V.Count));

                var s = V.Broadcast(w[0]);
                a00 = V.Fma(s, x0, a00);
                a01 = V.Fma(s, x1, a01);
                a02 = V.Fma(s, x2, a02);
                a03 = V.Fma(s, x3, a03);

                s = V.Broadcast(w[1]);
                a10 = V.Fma(s, x0, a10);
                a11 = V.Fma(s, x1, a11);
                a12 = V.Fma(s, x2, a12);
                a13 = V.Fma(s, x3, a13);
            }
        }

        var y = args.Target;
        V.Store(a00, y);
        V.Store(a01, y + V.Count);
        V.Store(a02, y + (2 * V.Count));
        V.Store(a03, y + (3 * V.Count));
        y += args.TargetRow;
        V.Store(a10, y);
        V.Store(a11, y + V.Count);
        V.Store(a12, y + (2 * V.Count));
        V.Store(a13, y + (3 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run1x4<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var (a01, a02, a03) = (a00, a00, a00);

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * 1);
            for (; offset < end; offset++, w += 1)
            {
                var x = source + *offset;
                var x0 = V.Load(x);
                var x1 = V.Load(x + V.Count);
                var x2 = V.Load(x + (2 * V.Count));
                var x3 = V.Load(x + (3 * V.Count));

                var s = V.Broadcast(w[0]);
                a00 = V.Fma(s, x0, a00);
                a01 = V.Fma(s, x1, a01);
                a02 = V.Fma(s, x2, a02);
                a03 = V.Fma(s, x3, a03);
            }
        }

        var y = args.Target;
        V.Store(a00, y);
        V.Store(a01, y + V.Count);
        V.Store(a02, y + (2 * V.Count));
        V.Store(a03, y + (3 * V.Count));
    }
}
