using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Matrix times vector (one row or one column of C), at the speed at which the matrix arrives from
/// memory: y[j] = Σₖ W[j, k]·x[k], by parts of j and k that are added in order.
/// </summary>
internal static unsafe class GemmVector<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    private const int MinWork = 64 * 1024;
    private const int MaxParts = 64;

    /// <summary>C is a vector, and the matrix is contiguous one way or the other.</summary>
    public static bool Suits(in GemmProblem<T> p) =>
        (p.M == 1 && (p.BCol == 1 || p.BRow == 1)) || (p.N == 1 && (p.ACol == 1 || p.ARow == 1));

    public static void Run(in GemmProblem<T> p)
    {
        var oneRow = p.M == 1 && (p.BCol == 1 || p.BRow == 1);
        var body = oneRow
            ? new Body { W = p.B, Row = p.BCol, Column = p.BRow, Length = p.N, K = p.K }
            : new Body { W = p.A, Row = p.ARow, Column = p.ACol, Length = p.M, K = p.K };
        body.Rows = body.Column == 1;
        Split(ref body);

        // A part's y starts on a cache line of its own and is read in whole registers.
        body.Stride = ((body.Length + 15) & -16) + 16;
        var step = oneRow ? p.ACol : p.BRow;
        using var lease = Scratch.Rent<T>((body.PartsK * body.Stride) + (step == 1 ? 0 : body.K));
        body.Y = (T*)lease.Pointer;
        body.X = oneRow ? p.A : p.B;
        if (step != 1)
        {
            var x = body.X;
            body.X = body.Y + (body.PartsK * body.Stride);
            for (nint k = 0; k < body.K; k++)
            {
                body.X[k] = x[k * step];
            }
        }

        WorkerTeam.For(body.PartsJ * body.PartsK, ref body);
        for (var part = 1; part < body.PartsK; part++)
        {
            GemmVectorKernels<S, V, T>.Add(body.Y, body.Y + (part * body.Stride), body.Stride);
        }

        Finish(p, body.Y);
    }

    private static void Finish(in GemmProblem<T> p, T* y)
    {
        var args = GemmTileArgs<T>.Whole(p);
        if (p.N > 1 || p.Ldc != 1)
        {
            GemmFinish.Run<S, V, T>(p.M, p.N, y, 1, &args);
            return;
        }

        // A contiguous column is a row in which the biases have changed places.
        var rowBias = args.RowBias;
        args.RowBias = args.ColumnBias;
        args.ColumnBias = rowBias;
        args.Columns = p.M;
        GemmFinish.Run<S, V, T>(1, p.M, y, 0, &args);
    }

    private static void Split(ref Body body)
    {
        var work = (long)body.Length * body.K;
        var wanted = (int)Math.Clamp(work / MinWork, 1, MaxParts);

        // Parts of j are free, parts of k cost an addition each; but short rows read badly.
        var shortest = body.Rows ? 4 : 64 * S.Width;
        body.PartsJ = Math.Clamp(body.Length / shortest, 1, wanted);
        body.PartsK = Math.Clamp(wanted / body.PartsJ, 1, Math.Max(1, body.K / 1024));
    }

    private struct Body : IChunkBody
    {
        public T* W;
        public nint Row;
        public nint Column;
        public int Length;
        public int K;
        public bool Rows;
        public int PartsJ;
        public int PartsK;
        public T* X;
        public T* Y;
        public nint Stride;

        public readonly void Run(int chunk)
        {
            var part = chunk / PartsJ;
            var j = Part(chunk % PartsJ, PartsJ, Length, Rows ? 4 : S.Width);
            var k = Part(part, PartsK, K, S.Width);
            var w = W + (j.Begin * Row) + (k.Begin * Column);
            var y = Y + (part * Stride) + j.Begin;
            if (Rows)
            {
                GemmVectorKernels<S, V, T>.Dots(
                    j.End - j.Begin, k.End - k.Begin, w, Row, X + k.Begin, y);
            }
            else
            {
                GemmVectorKernels<S, V, T>.Axpys(
                    j.End - j.Begin, k.End - k.Begin, w, Column, X + k.Begin, y);
            }
        }

        /// <summary>Part bounds at multiples of <paramref name="unit"/>.</summary>
        private static (int Begin, int End) Part(int index, int parts, int length, int unit)
        {
            var units = (length + unit - 1) / unit;
            var begin = (int)((long)index * units / parts) * unit;
            var end = (int)((long)(index + 1) * units / parts) * unit;
            return (Math.Min(begin, length), Math.Min(end, length));
        }
    }
}

/// <summary>The inner loops of matrix times vector.</summary>
internal static unsafe class GemmVectorKernels<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>y[j] = Σₖ w[j, k]·x[k] where the rows of w are contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots(int rows, int k, T* w, nint stride, T* x, T* y)
    {
        var j = 0;
        for (; j + 4 <= rows; j += 4)
        {
            Dots4(k, w + (j * stride), stride, x, y + j);
        }

        for (; j < rows; j++)
        {
            y[j] = Dot(k, w + (j * stride), x);
        }
    }

    /// <summary>
    /// y[j] = Σₖ w[k, j]·x[k] where the rows of w are contiguous; writes y in whole registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Axpys(int columns, int k, T* w, nint stride, T* x, T* y)
    {
        // Blocks of y stay in L1 while all rows of w pass.
        const int Block = 2048;
        for (var j = 0; j < columns; j += Block)
        {
            var count = Math.Min(Block, columns - j);
            var i = 0;
            for (; i + 4 <= k; i += 4)
            {
                Axpy4(count, w + (i * stride) + j, stride, x + i, y + j, i == 0);
            }

            for (; i < k; i++)
            {
                Axpy(count, w + (i * stride) + j, x[i], y + j, i == 0);
            }
        }
    }

    /// <summary>to += from, in whole registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* to, T* from, nint count)
    {
        for (nint i = 0; i < count; i += S.Width)
        {
            S.Store(to + i, S.Add(S.Load(to + i), S.Load(from + i)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dots4(int k, T* w, nint stride, T* x, T* y)
    {
        V a0 = default, a1 = default, a2 = default, a3 = default;
        V b0 = default, b1 = default, b2 = default, b3 = default;
        var w2 = w + (2 * stride);
        nint i = 0;
        for (; i + (2 * S.Width) <= k; i += 2 * S.Width)
        {
            var x0 = S.Load(x + i);
            a0 = S.Fma(S.Load(w + i), x0, a0);
            a1 = S.Fma(S.Load(w + stride + i), x0, a1);
            a2 = S.Fma(S.Load(w2 + i), x0, a2);
            a3 = S.Fma(S.Load(w2 + stride + i), x0, a3);
            var x1 = S.Load(x + i + S.Width);
            b0 = S.Fma(S.Load(w + i + S.Width), x1, b0);
            b1 = S.Fma(S.Load(w + stride + i + S.Width), x1, b1);
            b2 = S.Fma(S.Load(w2 + i + S.Width), x1, b2);
            b3 = S.Fma(S.Load(w2 + stride + i + S.Width), x1, b3);
        }

        for (; i < k; i += S.Width)
        {
            var count = (int)(k - i);
            var x0 = S.LoadPart(x + i, count);
            a0 = S.Fma(S.LoadPart(w + i, count), x0, a0);
            a1 = S.Fma(S.LoadPart(w + stride + i, count), x0, a1);
            a2 = S.Fma(S.LoadPart(w2 + i, count), x0, a2);
            a3 = S.Fma(S.LoadPart(w2 + stride + i, count), x0, a3);
        }

        S.Sums(y, S.Add(a0, b0), S.Add(a1, b1), S.Add(a2, b2), S.Add(a3, b3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Dot(int k, T* w, T* x)
    {
        V a = default, b = default, c = default, d = default;
        nint i = 0;
        for (; i + (4 * S.Width) <= k; i += 4 * S.Width)
        {
            a = S.Fma(S.Load(w + i), S.Load(x + i), a);
            b = S.Fma(S.Load(w + i + S.Width), S.Load(x + i + S.Width), b);
            c = S.Fma(S.Load(w + i + (2 * S.Width)), S.Load(x + i + (2 * S.Width)), c);
            d = S.Fma(S.Load(w + i + (3 * S.Width)), S.Load(x + i + (3 * S.Width)), d);
        }

        for (; i < k; i += S.Width)
        {
            var count = (int)(k - i);
            a = S.Fma(S.LoadPart(w + i, count), S.LoadPart(x + i, count), a);
        }

        return S.Sum(S.Add(S.Add(a, b), S.Add(c, d)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Axpy4(int count, T* w, nint stride, T* x, T* y, bool first)
    {
        var w2 = w + (2 * stride);
        var x0 = S.Broadcast(x[0]);
        var x1 = S.Broadcast(x[1]);
        var x2 = S.Broadcast(x[2]);
        var x3 = S.Broadcast(x[3]);
        nint j = 0;
        for (; j + S.Width <= count; j += S.Width)
        {
            var sum = first ? default : S.Load(y + j);
            sum = S.Fma(S.Load(w + j), x0, sum);
            sum = S.Fma(S.Load(w + stride + j), x1, sum);
            sum = S.Fma(S.Load(w2 + j), x2, sum);
            sum = S.Fma(S.Load(w2 + stride + j), x3, sum);
            S.Store(y + j, sum);
        }

        if (j < count)
        {
            var rest = (int)(count - j);
            var sum = first ? default : S.Load(y + j);
            sum = S.Fma(S.LoadPart(w + j, rest), x0, sum);
            sum = S.Fma(S.LoadPart(w + stride + j, rest), x1, sum);
            sum = S.Fma(S.LoadPart(w2 + j, rest), x2, sum);
            sum = S.Fma(S.LoadPart(w2 + stride + j, rest), x3, sum);
            S.Store(y + j, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Axpy(int count, T* w, T x, T* y, bool first)
    {
        var factor = S.Broadcast(x);
        for (nint j = 0; j < count; j += S.Width)
        {
            var sum = first ? default : S.Load(y + j);
            S.Store(y + j, S.Fma(S.LoadPart(w + j, (int)(count - j)), factor, sum));
        }
    }
}
