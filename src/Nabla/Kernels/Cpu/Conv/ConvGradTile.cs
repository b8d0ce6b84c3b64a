using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The inner loop of <see cref="ConvGradTiles"/> for a tile of up to 8 rows and 4 taps.
/// One text serves every shape and register width: the JIT drops the rows that are not there.
/// </summary>
internal static unsafe class ConvGradTile
{
    /// <summary>Adds to a tile of <typeparamref name="R"/> rows and <typeparamref name="C"/> taps.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, R, C>(ref readonly ConvGradTileArgs args)
        where V : unmanaged, IConvVector<V>
        where R : struct, IGemmConst
        where C : struct, IGemmConst
    {
        ConvTileRow<V, C> r0 = default, r1 = default, r2 = default, r3 = default;
        ConvTileRow<V, C> r4 = default, r5 = default, r6 = default, r7 = default;

        var sums = args.Sums;
        nint width = C.Value * V.Count;
        r0.Load(sums);
        if (R.Value > 1)
        {
            r1.Load(sums + width);
        }
        if (R.Value > 2)
        {
            r2.Load(sums + (2 * width));
        }
        if (R.Value > 3)
        {
            r3.Load(sums + (3 * width));
        }
        if (R.Value > 4)
        {
            r4.Load(sums + (4 * width));
        }
        if (R.Value > 5)
        {
            r5.Load(sums + (5 * width));
        }
        if (R.Value > 6)
        {
            r6.Load(sums + (6 * width));
        }
        if (R.Value > 7)
        {
            r7.Load(sums + (7 * width));
        }

        var stride = args.GradientRow;
        for (var run = 0; run < args.Runs; run++)
        {
            var g = args.Gradient + (run * args.GradientRun);
            var end = g + (args.Vectors * V.Count);
            var x = args.Source + (run * args.SourceRun);
            var p0 = x + args.Offsets[0];
            var p1 = C.Value > 1 ? x + args.Offsets[1] : x;
            var p2 = C.Value > 2 ? x + args.Offsets[2] : x;
            var p3 = C.Value > 3 ? x + args.Offsets[3] : x;
            for (; g < end; g += V.Count)
            {
                var x0 = V.Load(p0);
                var x1 = C.Value > 1 ? V.Load(p1) : default;
                var x2 = C.Value > 2 ? V.Load(p2) : default;
                var x3 = C.Value > 3 ? V.Load(p3) : default;
                p0 += V.Count;
                p1 += V.Count;
                p2 += V.Count;
                p3 += V.Count;
                var row = g;
                r0.Add(V.Load(row), x0, x1, x2, x3);
                if (R.Value > 1)
                {
                    row += stride;
                    r1.Add(V.Load(row), x0, x1, x2, x3);
                }
                if (R.Value > 2)
                {
                    row += stride;
                    r2.Add(V.Load(row), x0, x1, x2, x3);
                }
                if (R.Value > 3)
                {
                    row += stride;
                    r3.Add(V.Load(row), x0, x1, x2, x3);
                }
                if (R.Value > 4)
                {
                    row += stride;
                    r4.Add(V.Load(row), x0, x1, x2, x3);
                }
                if (R.Value > 5)
                {
                    row += stride;
                    r5.Add(V.Load(row), x0, x1, x2, x3);
                }
                if (R.Value > 6)
                {
                    row += stride;
                    r6.Add(V.Load(row), x0, x1, x2, x3);
                }
                if (R.Value > 7)
                {
                    row += stride;
                    r7.Add(V.Load(row), x0, x1, x2, x3);
                }
            }
        }

        r0.Store(sums);
        if (R.Value > 1)
        {
            r1.Store(sums + width);
        }
        if (R.Value > 2)
        {
            r2.Store(sums + (2 * width));
        }
        if (R.Value > 3)
        {
            r3.Store(sums + (3 * width));
        }
        if (R.Value > 4)
        {
            r4.Store(sums + (4 * width));
        }
        if (R.Value > 5)
        {
            r5.Store(sums + (5 * width));
        }
        if (R.Value > 6)
        {
            r6.Store(sums + (6 * width));
        }
        if (R.Value > 7)
        {
            r7.Store(sums + (7 * width));
        }
    }
}
