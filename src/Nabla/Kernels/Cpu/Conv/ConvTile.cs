using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The inner loop of <see cref="ConvTiles"/> for a tile of up to 8 rows and 4 vectors.
/// One text serves every shape and register width: the JIT drops the rows that are not there.
/// </summary>
internal static unsafe class ConvTile
{
    /// <summary>Computes a tile of <typeparamref name="R"/> rows and <typeparamref name="C"/>
    /// vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, R, C>(ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
        where R : struct, IGemmConst
        where C : struct, IGemmConst
    {
        ConvTileRow<V, C> r0 = default, r1 = default, r2 = default, r3 = default;
        ConvTileRow<V, C> r4 = default, r5 = default, r6 = default, r7 = default;

        r0.Start(args.Bias[0]);
        if (R.Value > 1)
        {
            r1.Start(args.Bias[1]);
        }
        if (R.Value > 2)
        {
            r2.Start(args.Bias[2]);
        }
        if (R.Value > 3)
        {
            r3.Start(args.Bias[3]);
        }
        if (R.Value > 4)
        {
            r4.Start(args.Bias[4]);
        }
        if (R.Value > 5)
        {
            r5.Start(args.Bias[5]);
        }
        if (R.Value > 6)
        {
            r6.Start(args.Bias[6]);
        }
        if (R.Value > 7)
        {
            r7.Start(args.Bias[7]);
        }

        var source = args.Source;
        for (var segment = 0; segment < args.Segments; segment++)
        {
            var start = segment * args.SegmentStride;
            var offset = args.Offsets + start;
            var end = offset + args.Taps;
            var w = args.Weights + (start * R.Value);
            for (; offset < end; offset++, w += R.Value)
            {
                var x = source + *offset;
                var x0 = V.Load(x);
                var x1 = C.Value > 1 ? V.Load(x + V.Count) : default;
                var x2 = C.Value > 2 ? V.Load(x + (2 * V.Count)) : default;
                var x3 = C.Value > 3 ? V.Load(x + (3 * V.Count)) : default;
                r0.Add(V.Broadcast(w[0]), x0, x1, x2, x3);
                if (R.Value > 1)
                {
                    r1.Add(V.Broadcast(w[1]), x0, x1, x2, x3);
                }
                if (R.Value > 2)
                {
                    r2.Add(V.Broadcast(w[2]), x0, x1, x2, x3);
                }
                if (R.Value > 3)
                {
                    r3.Add(V.Broadcast(w[3]), x0, x1, x2, x3);
                }
                if (R.Value > 4)
                {
                    r4.Add(V.Broadcast(w[4]), x0, x1, x2, x3);
                }
                if (R.Value > 5)
                {
                    r5.Add(V.Broadcast(w[5]), x0, x1, x2, x3);
                }
                if (R.Value > 6)
                {
                    r6.Add(V.Broadcast(w[6]), x0, x1, x2, x3);
                }
                if (R.Value > 7)
                {
                    r7.Add(V.Broadcast(w[7]), x0, x1, x2, x3);
                }
            }
        }

        var y = args.Target;
        r0.Store(y);
        if (R.Value > 1)
        {
            y += args.TargetRow;
            r1.Store(y);
        }
        if (R.Value > 2)
        {
            y += args.TargetRow;
            r2.Store(y);
        }
        if (R.Value > 3)
        {
            y += args.TargetRow;
            r3.Store(y);
        }
        if (R.Value > 4)
        {
            y += args.TargetRow;
            r4.Store(y);
        }
        if (R.Value > 5)
        {
            y += args.TargetRow;
            r5.Store(y);
        }
        if (R.Value > 6)
        {
            y += args.TargetRow;
            r6.Store(y);
        }
        if (R.Value > 7)
        {
            y += args.TargetRow;
            r7.Store(y);
        }
    }
}
