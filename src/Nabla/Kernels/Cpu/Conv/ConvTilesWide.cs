using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The tiles of <see cref="ConvTiles"/> that fill 32 SIMD registers.</summary>
internal static unsafe class ConvTilesWide
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run8x3<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var (a01, a02) = (a00, a00);
        var a10 = V.Broadcast(init[1]);
        var (a11, a12) = (a10, a10);
        var a20 = V.Broadcast(init[2]);
        var (a21, a22) = (a20, a20);
        var a30 = V.Broadcast(init[3]);
        var (a31, a32) = (a30, a30);
        var a40 = V.Broadcast(init[4]);
        var (a41, a42) = (a40, a40);
        var a50 = V.Broadcast(init[5]);
        var (a51, a52) = (a50, a50);
        var a60 = V.Broadcast(init[6]);
        var (a61, a62) = (a60, a60);
        var a70 = V.Broadcast(init[7]);
        var (a71, a72) = (a70, a70);

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * 8);
            for (; offset < end; offset++, w += 8)
            {
                var x = source + *offset;
                var x0 = V.Load(x);
                var x1 = V.Load(x + V.Count);
                var x2 = V.Load(x + (2 * V.Count));

                var s = V.Broadcast(w[0]);
                a00 = V.Fma(s, x0, a00);
                a01 = V.Fma(s, x1, a01);
                a02 = V.Fma(s, x2, a02);

                s = V.Broadcast(w[1]);
                a10 = V.Fma(s, x0, a10);
                a11 = V.Fma(s, x1, a11);
                a12 = V.Fma(s, x2, a12);

                s = V.Broadcast(w[2]);
                a20 = V.Fma(s, x0, a20);
                a21 = V.Fma(s, x1, a21);
                a22 = V.Fma(s, x2, a22);

                s = V.Broadcast(w[3]);
                a30 = V.Fma(s, x0, a30);
                a31 = V.Fma(s, x1, a31);
                a32 = V.Fma(s, x2, a32);

                s = V.Broadcast(w[4]);
                a40 = V.Fma(s, x0, a40);
                a41 = V.Fma(s, x1, a41);
                a42 = V.Fma(s, x2, a42);

                s = V.Broadcast(w[5]);
                a50 = V.Fma(s, x0, a50);
                a51 = V.Fma(s, x1, a51);
                a52 = V.Fma(s, x2, a52);

                s = V.Broadcast(w[6]);
                a60 = V.Fma(s, x0, a60);
                a61 = V.Fma(s, x1, a61);
                a62 = V.Fma(s, x2, a62);

                s = V.Broadcast(w[7]);
                a70 = V.Fma(s, x0, a70);
                a71 = V.Fma(s, x1, a71);
                a72 = V.Fma(s, x2, a72);
            }
        }

        var y = args.Target;
        V.Store(a00, y);
        V.Store(a01, y + V.Count);
        V.Store(a02, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a10, y);
        V.Store(a11, y + V.Count);
        V.Store(a12, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a20, y);
        V.Store(a21, y + V.Count);
        V.Store(a22, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a30, y);
        V.Store(a31, y + V.Count);
        V.Store(a32, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a40, y);
        V.Store(a41, y + V.Count);
        V.Store(a42, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a50, y);
        V.Store(a51, y + V.Count);
        V.Store(a52, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a60, y);
        V.Store(a61, y + V.Count);
        V.Store(a62, y + (2 * V.Count));
        y += args.TargetRow;
        V.Store(a70, y);
        V.Store(a71, y + V.Count);
        V.Store(a72, y + (2 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run8x2<V>(ref readonly ConvTileArgs args)
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
        var a60 = V.Broadcast(init[6]);
        var a61 = a60;
        var a70 = V.Broadcast(init[7]);
        var a71 = a70;

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * 8);
            for (; offset < end; offset++, w += 8)
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

                s = V.Broadcast(w[6]);
                a60 = V.Fma(s, x0, a60);
                a61 = V.Fma(s, x1, a61);

                s = V.Broadcast(w[7]);
                a70 = V.Fma(s, x0, a70);
                a71 = V.Fma(s, x1, a71);
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
        y += args.TargetRow;
        V.Store(a60, y);
        V.Store(a61, y + V.Count);
        y += args.TargetRow;
        V.Store(a70, y);
        V.Store(a71, y + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run6x4<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var (a01, a02, a03) = (a00, a00, a00);
        var a10 = V.Broadcast(init[1]);
        var (a11, a12, a13) = (a10, a10, a10);
        var a20 = V.Broadcast(init[2]);
        var (a21, a22, a23) = (a20, a20, a20);
        var a30 = V.Broadcast(init[3]);
        var (a31, a32, a33) = (a30, a30, a30);
        var a40 = V.Broadcast(init[4]);
        var (a41, a42, a43) = (a40, a40, a40);
        var a50 = V.Broadcast(init[5]);
        var (a51, a52, a53) = (a50, a50, a50);

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

                s = V.Broadcast(w[2]);
                a20 = V.Fma(s, x0, a20);
                a21 = V.Fma(s, x1, a21);
                a22 = V.Fma(s, x2, a22);
                a23 = V.Fma(s, x3, a23);

                s = V.Broadcast(w[3]);
                a30 = V.Fma(s, x0, a30);
                a31 = V.Fma(s, x1, a31);
                a32 = V.Fma(s, x2, a32);
                a33 = V.Fma(s, x3, a33);

                s = V.Broadcast(w[4]);
                a40 = V.Fma(s, x0, a40);
                a41 = V.Fma(s, x1, a41);
                a42 = V.Fma(s, x2, a42);
                a43 = V.Fma(s, x3, a43);

                s = V.Broadcast(w[5]);
                a50 = V.Fma(s, x0, a50);
                a51 = V.Fma(s, x1, a51);
                a52 = V.Fma(s, x2, a52);
                a53 = V.Fma(s, x3, a53);
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
        y += args.TargetRow;
        V.Store(a20, y);
        V.Store(a21, y + V.Count);
        V.Store(a22, y + (2 * V.Count));
        V.Store(a23, y + (3 * V.Count));
        y += args.TargetRow;
        V.Store(a30, y);
        V.Store(a31, y + V.Count);
        V.Store(a32, y + (2 * V.Count));
        V.Store(a33, y + (3 * V.Count));
        y += args.TargetRow;
        V.Store(a40, y);
        V.Store(a41, y + V.Count);
        V.Store(a42, y + (2 * V.Count));
        V.Store(a43, y + (3 * V.Count));
        y += args.TargetRow;
        V.Store(a50, y);
        V.Store(a51, y + V.Count);
        V.Store(a52, y + (2 * V.Count));
        V.Store(a53, y + (3 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run4x4<V>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var init = args.Bias;
        var a00 = V.Broadcast(init[0]);
        var (a01, a02, a03) = (a00, a00, a00);
        var a10 = V.Broadcast(init[1]);
        var (a11, a12, a13) = (a10, a10, a10);
        var a20 = V.Broadcast(init[2]);
        var (a21, a22, a23) = (a20, a20, a20);
        var a30 = V.Broadcast(init[3]);
        var (a31, a32, a33) = (a30, a30, a30);

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

                s = V.Broadcast(w[2]);
                a20 = V.Fma(s, x0, a20);
                a21 = V.Fma(s, x1, a21);
                a22 = V.Fma(s, x2, a22);
                a23 = V.Fma(s, x3, a23);

                s = V.Broadcast(w[3]);
                a30 = V.Fma(s, x0, a30);
                a31 = V.Fma(s, x1, a31);
                a32 = V.Fma(s, x2, a32);
                a33 = V.Fma(s, x3, a33);
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
        y += args.TargetRow;
        V.Store(a20, y);
        V.Store(a21, y + V.Count);
        V.Store(a22, y + (2 * V.Count));
        V.Store(a23, y + (3 * V.Count));
        y += args.TargetRow;
        V.Store(a30, y);
        V.Store(a31, y + V.Count);
        V.Store(a32, y + (2 * V.Count));
        V.Store(a33, y + (3 * V.Count));
    }
}
