using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The tiles of <see cref="ConvGradTiles"/> that fill 32 SIMD registers.</summary>
internal static unsafe class ConvGradTilesWide
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run8x3<V>(ref readonly ConvGradTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var sums = args.Sums;
        var a00 = V.Load(sums);
        var a01 = V.Load(sums + V.Count);
        var a02 = V.Load(sums + (2 * V.Count));
        var a10 = V.Load(sums + (3 * V.Count));
        var a11 = V.Load(sums + (4 * V.Count));
        var a12 = V.Load(sums + (5 * V.Count));
        var a20 = V.Load(sums + (6 * V.Count));
        var a21 = V.Load(sums + (7 * V.Count));
        var a22 = V.Load(sums + (8 * V.Count));
        var a30 = V.Load(sums + (9 * V.Count));
        var a31 = V.Load(sums + (10 * V.Count));
        var a32 = V.Load(sums + (11 * V.Count));
        var a40 = V.Load(sums + (12 * V.Count));
        var a41 = V.Load(sums + (13 * V.Count));
        var a42 = V.Load(sums + (14 * V.Count));
        var a50 = V.Load(sums + (15 * V.Count));
        var a51 = V.Load(sums + (16 * V.Count));
        var a52 = V.Load(sums + (17 * V.Count));
        var a60 = V.Load(sums + (18 * V.Count));
        var a61 = V.Load(sums + (19 * V.Count));
        var a62 = V.Load(sums + (20 * V.Count));
        var a70 = V.Load(sums + (21 * V.Count));
        var a71 = V.Load(sums + (22 * V.Count));
        var a72 = V.Load(sums + (23 * V.Count));

        var stride = args.GradientRow;
        for (var run = 0; run < args.Runs; run++)
        {
            var g = args.Gradient + (run * args.GradientRun);
            var end = g + (args.Vectors * V.Count);
            var x = args.Source + (run * args.SourceRun);
            var p0 = x + args.Offsets[0];
            var p1 = x + args.Offsets[1];
            var p2 = x + args.Offsets[2];
            for (; g < end; g += V.Count)
            {
                var x0 = V.Load(p0);
                p0 += V.Count;
                var x1 = V.Load(p1);
                p1 += V.Count;
                var x2 = V.Load(p2);
                p2 += V.Count;
                var row = g;

                var d = V.Load(row);
                a00 = V.Fma(d, x0, a00);
                a01 = V.Fma(d, x1, a01);
                a02 = V.Fma(d, x2, a02);

                row += stride;
                d = V.Load(row);
                a10 = V.Fma(d, x0, a10);
                a11 = V.Fma(d, x1, a11);
                a12 = V.Fma(d, x2, a12);

                row += stride;
                d = V.Load(row);
                a20 = V.Fma(d, x0, a20);
                a21 = V.Fma(d, x1, a21);
                a22 = V.Fma(d, x2, a22);

                row += stride;
                d = V.Load(row);
                a30 = V.Fma(d, x0, a30);
                a31 = V.Fma(d, x1, a31);
                a32 = V.Fma(d, x2, a32);

                row += stride;
                d = V.Load(row);
                a40 = V.Fma(d, x0, a40);
                a41 = V.Fma(d, x1, a41);
                a42 = V.Fma(d, x2, a42);

                row += stride;
                d = V.Load(row);
                a50 = V.Fma(d, x0, a50);
                a51 = V.Fma(d, x1, a51);
                a52 = V.Fma(d, x2, a52);

                row += stride;
                d = V.Load(row);
                a60 = V.Fma(d, x0, a60);
                a61 = V.Fma(d, x1, a61);
                a62 = V.Fma(d, x2, a62);

                row += stride;
                d = V.Load(row);
                a70 = V.Fma(d, x0, a70);
                a71 = V.Fma(d, x1, a71);
                a72 = V.Fma(d, x2, a72);
            }
        }

        V.Store(a00, sums);
        V.Store(a01, sums + V.Count);
        V.Store(a02, sums + (2 * V.Count));
        V.Store(a10, sums + (3 * V.Count));
        V.Store(a11, sums + (4 * V.Count));
        V.Store(a12, sums + (5 * V.Count));
        V.Store(a20, sums + (6 * V.Count));
        V.Store(a21, sums + (7 * V.Count));
        V.Store(a22, sums + (8 * V.Count));
        V.Store(a30, sums + (9 * V.Count));
        V.Store(a31, sums + (10 * V.Count));
        V.Store(a32, sums + (11 * V.Count));
        V.Store(a40, sums + (12 * V.Count));
        V.Store(a41, sums + (13 * V.Count));
        V.Store(a42, sums + (14 * V.Count));
        V.Store(a50, sums + (15 * V.Count));
        V.Store(a51, sums + (16 * V.Count));
        V.Store(a52, sums + (17 * V.Count));
        V.Store(a60, sums + (18 * V.Count));
        V.Store(a61, sums + (19 * V.Count));
        V.Store(a62, sums + (20 * V.Count));
        V.Store(a70, sums + (21 * V.Count));
        V.Store(a71, sums + (22 * V.Count));
        V.Store(a72, sums + (23 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run6x4<V>(ref readonly ConvGradTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        var sums = args.Sums;
        var a00 = V.Load(sums);
        var a01 = V.Load(sums + V.Count);
        var a02 = V.Load(sums + (2 * V.Count));
        var a03 = V.Load(sums + (3 * V.Count));
        var a10 = V.Load(sums + (4 * V.Count));
        var a11 = V.Load(sums + (5 * V.Count));
        var a12 = V.Load(sums + (6 * V.Count));
        var a13 = V.Load(sums + (7 * V.Count));
        var a20 = V.Load(sums + (8 * V.Count));
        var a21 = V.Load(sums + (9 * V.Count));
        var a22 = V.Load(sums + (10 * V.Count));
        var a23 = V.Load(sums + (11 * V.Count));
        var a30 = V.Load(sums + (12 * V.Count));
        var a31 = V.Load(sums + (13 * V.Count));
        var a32 = V.Load(sums + (14 * V.Count));
        var a33 = V.Load(sums + (15 * V.Count));
        var a40 = V.Load(sums + (16 * V.Count));
        var a41 = V.Load(sums + (17 * V.Count));
        var a42 = V.Load(sums + (18 * V.Count));
        var a43 = V.Load(sums + (19 * V.Count));
        var a50 = V.Load(sums + (20 * V.Count));
        var a51 = V.Load(sums + (21 * V.Count));
        var a52 = V.Load(sums + (22 * V.Count));
        var a53 = V.Load(sums + (23 * V.Count));

        var stride = args.GradientRow;
        for (var run = 0; run < args.Runs; run++)
        {
            var g = args.Gradient + (run * args.GradientRun);
            var end = g + (args.Vectors * V.Count);
            var x = args.Source + (run * args.SourceRun);
            var p0 = x + args.Offsets[0];
            var p1 = x + args.Offsets[1];
            var p2 = x + args.Offsets[2];
            var p3 = x + args.Offsets[3];
            for (; g < end; g += V.Count)
            {
                var x0 = V.Load(p0);
                p0 += V.Count;
                var x1 = V.Load(p1);
                p1 += V.Count;
                var x2 = V.Load(p2);
                p2 += V.Count;
                var x3 = V.Load(p3);
                p3 += V.Count;
                var row = g;

                var d = V.Load(row);
                a00 = V.Fma(d, x0, a00);
                a01 = V.Fma(d, x1, a01);
                a02 = V.Fma(d, x2, a02);
                a03 = V.Fma(d, x3, a03);

                row += stride;
                d = V.Load(row);
                a10 = V.Fma(d, x0, a10);
                a11 = V.Fma(d, x1, a11);
                a12 = V.Fma(d, x2, a12);
                a13 = V.Fma(d, x3, a13);

                row += stride;
                d = V.Load(row);
                a20 = V.Fma(d, x0, a20);
                a21 = V.Fma(d, x1, a21);
                a22 = V.Fma(d, x2, a22);
                a23 = V.Fma(d, x3, a23);

                row += stride;
                d = V.Load(row);
                a30 = V.Fma(d, x0, a30);
                a31 = V.Fma(d, x1, a31);
                a32 = V.Fma(d, x2, a32);
                a33 = V.Fma(d, x3, a33);

                row += stride;
                d = V.Load(row);
                a40 = V.Fma(d, x0, a40);
                a41 = V.Fma(d, x1, a41);
                a42 = V.Fma(d, x2, a42);
                a43 = V.Fma(d, x3, a43);

                row += stride;
                d = V.Load(row);
                a50 = V.Fma(d, x0, a50);
                a51 = V.Fma(d, x1, a51);
                a52 = V.Fma(d, x2, a52);
                a53 = V.Fma(d, x3, a53);
            }
        }

        V.Store(a00, sums);
        V.Store(a01, sums + V.Count);
        V.Store(a02, sums + (2 * V.Count));
        V.Store(a03, sums + (3 * V.Count));
        V.Store(a10, sums + (4 * V.Count));
        V.Store(a11, sums + (5 * V.Count));
        V.Store(a12, sums + (6 * V.Count));
        V.Store(a13, sums + (7 * V.Count));
        V.Store(a20, sums + (8 * V.Count));
        V.Store(a21, sums + (9 * V.Count));
        V.Store(a22, sums + (10 * V.Count));
        V.Store(a23, sums + (11 * V.Count));
        V.Store(a30, sums + (12 * V.Count));
        V.Store(a31, sums + (13 * V.Count));
        V.Store(a32, sums + (14 * V.Count));
        V.Store(a33, sums + (15 * V.Count));
        V.Store(a40, sums + (16 * V.Count));
        V.Store(a41, sums + (17 * V.Count));
        V.Store(a42, sums + (18 * V.Count));
        V.Store(a43, sums + (19 * V.Count));
        V.Store(a50, sums + (20 * V.Count));
        V.Store(a51, sums + (21 * V.Count));
        V.Store(a52, sums + (22 * V.Count));
        V.Store(a53, sums + (23 * V.Count));
    }
}
