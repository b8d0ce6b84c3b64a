using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The time loop of a recurrent layer: a product and a pass over the gates each step.
/// </summary>
internal static unsafe class RecurrentLoop<V, T, TCell>
    where V : unmanaged, ILanes<V>
    where T : unmanaged
    where TCell : IRecurrentCell
{
    public static void Forward(in RecurrentProblem p)
    {
        nint state = (nint)p.Samples * p.Units * sizeof(T);
        var gates = TCell.Gates * p.Units;
        using var packed = Scratch.Rent<T>(PackedSize(gates, p.Units));
        using var product = Scratch.Rent<T>((nint)p.Samples * gates);
        // B is Wᵀ, (H, G·H).
        var weight = Pack(gates, p.Units, (T*)p.Weight, 1, p.Units, (T*)packed.Pointer);
        for (var s = 0; s < p.Steps; s++)
        {
            var t = p.Reverse ? p.Steps - 1 - s : s;
            var before = p.Reverse ? t + 1 : t - 1;
            var body = new Body(p, t, before, s == 0)
            {
                Product = (byte*)product.Pointer,
            };
            weight.Multiply(p.Samples, (T*)body.HBefore, (T*)product.Pointer, default);
            WorkerTeam.For(body.Chunks.Count, ref body);
        }
    }

    public static void Backward(in RecurrentProblem p)
    {
        nint state = (nint)p.Samples * p.Units * sizeof(T);
        var gates = TCell.Gates * p.Units;
        using var packed = Scratch.Rent<T>(PackedSize(p.Units, gates));
        // B is W, (G·H, H).
        var weight = Pack(p.Units, gates, (T*)p.Weight, p.Units, 1, (T*)packed.Pointer);
        Unsafe.InitBlockUnaligned(p.GradH0, 0, checked((uint)state));
        if (TCell.HasCell)
        {
            Unsafe.InitBlockUnaligned(p.GradC0, 0, checked((uint)state));
        }
        var toHidden = (byte*)(TCell.SplitsGradient ? p.GradHidden : p.GradInput);
        for (var s = p.Steps - 1; s >= 0; s--)
        {
            var t = p.Reverse ? p.Steps - 1 - s : s;
            var before = p.Reverse ? t + 1 : t - 1;
            var body = new Body(p, t, before, s == 0)
            {
                IsBackward = true,
            };
            WorkerTeam.For(body.Chunks.Count, ref body);
            weight.Multiply(p.Samples, (T*)(toHidden + (t * state * TCell.Gates)),
                (T*)p.GradH0, new GemmEpilogue { Accumulate = true });
        }
    }

    private static nint PackedSize(int n, int k) =>
        typeof(T) == typeof(float) ? PackedGemm.Size(n, k) : 1;

    private static Weights Pack(int n, int k, T* b, nint row, nint column, T* packed)
    {
        if (typeof(T) == typeof(float))
        {
            PackedGemm.Pack(n, k, (float*)b, row, column, (float*)packed);
        }
        return new Weights { N = n, K = k, B = b, Row = row, Column = column, Packed = packed };
    }

    /// <summary>A weight (K, N), packed where the type has a packed form.</summary>
    private struct Weights
    {
        public int N;
        public int K;
        public T* B;
        public nint Row;
        public nint Column;
        public T* Packed;

        public readonly void Multiply(int m, T* a, T* c, in GemmEpilogue epilogue)
        {
            if (typeof(T) == typeof(float))
            {
                PackedGemm.Run(m, N, K, (float*)a, K, 1, (float*)Packed, (float*)c, N, epilogue);
            }
            else
            {
                Gemm.Run(m, N, K, a, K, 1, B, Row, Column, c, N, epilogue);
            }
        }
    }

    /// <summary>One time step's pass over the gates, a block of samples a chunk.</summary>
    private struct Body : IChunkBody
    {
        public RowChunks Chunks;
        public byte* Product;
        public byte* HBefore;
        public bool IsBackward;
        private readonly byte* _cBefore;
        private readonly RecurrentProblem _p;
        private readonly int _t;

        public Body(in RecurrentProblem p, int t, int before, bool isFirst)
        {
            nint state = (nint)p.Samples * p.Units * sizeof(T);
            _p = p;
            _t = t;
            Chunks = RowChunks.Of(p.Samples, (long)TCell.Gates * p.Units);
            HBefore = isFirst ? (byte*)p.H0 : (byte*)p.H + (before * state);
            _cBefore = isFirst ? (byte*)p.C0 : (byte*)p.C + (before * state);
        }

        [MethodImpl(AggressiveOptimization)]
        public void Run(int chunk)
        {
            var end = Chunks.End(chunk);
            for (var sample = Chunks.Start(chunk); sample < end; sample++)
            {
                var row = Row((nint)sample);
                nint size = sizeof(V) / V.Count;
                var whole = _p.Units / V.Count * V.Count;
                if (IsBackward)
                {
                    for (nint j = 0; j < whole; j += V.Count)
                    {
                        TCell.Backward<V>(row, j * size, V.Count);
                    }
                    if (whole < _p.Units)
                    {
                        TCell.Backward<V>(row, whole * size, _p.Units - whole);
                    }
                }
                else
                {
                    for (nint j = 0; j < whole; j += V.Count)
                    {
                        TCell.Forward<V>(row, j * size, V.Count);
                    }
                    if (whole < _p.Units)
                    {
                        TCell.Forward<V>(row, whole * size, _p.Units - whole);
                    }
                }
            }
        }

        private readonly RecurrentRow Row(nint sample)
        {
            nint units = (nint)_p.Units * sizeof(T);
            var gates = units * TCell.Gates;
            var at = sample * units;
            var all = ((nint)_t * _p.Samples) + sample;
            return new RecurrentRow
            {
                Gate = units,
                Input = (byte*)_p.Input + (all * gates),
                Hidden = Product + (sample * gates),
                Bias = (byte*)_p.Bias,
                HBefore = HBefore + at,
                H = (byte*)_p.H + (all * units),
                CBefore = _cBefore + at,
                C = (byte*)_p.C + (all * units),
                Kept = (byte*)_p.Kept + (all * units * TCell.Kept),
                GradH = (byte*)_p.GradH + (all * units),
                GradC = _p.GradC == null ? null : (byte*)_p.GradC + (all * units),
                CarryH = (byte*)_p.GradH0 + at,
                CarryC = (byte*)_p.GradC0 + at,
                GradInput = (byte*)_p.GradInput + (all * gates),
                GradHidden = (byte*)_p.GradHidden + (all * gates),
            };
        }
    }
}
