using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A step of Adam in one pass over memory. Each output may be the memory of its input; none may
/// overlap another.
/// </summary>
internal readonly unsafe struct AdamUpdate : IParameterUpdate<AdamProblem>
{
    /// <inheritdoc/>
    public static int PerChunk => 8192;

    /// <summary>Updates float or double parameters.</summary>
    public static void Run<T>(in AdamProblem problem) where T : unmanaged =>
        UpdateLoop<AdamUpdate, AdamProblem>.Run<T>(problem);

    /// <inheritdoc/>
    public static nint Count(AdamProblem* p) => p->Count;

    /// <inheritdoc/>
    public static byte* Gradient(AdamProblem* p) => p->Gradient;

    /// <inheritdoc/>
    public static nint Beside(AdamProblem* p) => (nint)(p->M - p->NewX);

    /// <inheritdoc/>
    [MethodImpl(AggressiveOptimization)]
    public static void Step<V>(AdamProblem* p, UpdateTile* tile) where V : unmanaged, ILanes<V>
    {
        var (beta1, rest1) = (V.Const(p->Beta1), V.Const(1 - p->Beta1));
        var (beta2, rest2) = (V.Const(p->Beta2), V.Const(1 - p->Beta2));
        var (rate, scale) = (V.Const(p->Rate), V.Const(p->SecondScale));
        var (epsilon, decay, keep) =
            (V.Const(p->Epsilon), V.Const(p->Decay), V.Const(p->Keep));
        do
        {
            tile->Ask<V>(p->X);
            tile->Ask<V>(p->M);
            tile->Ask<V>(p->V);
            var at = tile->At;
            var gradient = tile->Gradient;
            for (var n = tile->Columns; n > 0; n -= V.Count)
            {
                var part = nint.Min(V.Count, n);
                var x = LaneWork.Load<V>(p->X + at, part);
                var g = V.Fma(decay, x, LaneWork.Load<V>(gradient, part));
                var m = V.Fma(rest1, g, beta1 * LaneWork.Load<V>(p->M + at, part));
                var v = V.Fma(rest2 * g, g, beta2 * LaneWork.Load<V>(p->V + at, part));
                LaneWork.Store(m, p->NewM + at, part);
                LaneWork.Store(v, p->NewV + at, part);
                var step = rate * m / V.Fma(V.Sqrt(v), scale, epsilon);
                LaneWork.Store((x * keep) - step, p->NewX + at, part);
                at += sizeof(V);
                gradient += sizeof(V);
            }
        }
        while (tile->Next());
    }
}

/// <summary>
/// g ← g + decay·x, m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
/// x ← x·keep − rate·m / (√v·scale + ε): the rate and the scale hold the corrections of the bias.
/// </summary>
internal unsafe struct AdamProblem
{
    public nint Count;
    public byte* X;
    public byte* Gradient;
    public byte* M;
    public byte* V;
    public byte* NewX;
    public byte* NewM;
    public byte* NewV;
    public double Beta1;
    public double Beta2;
    public double Epsilon;
    public double Rate;
    public double SecondScale;
    public double Decay;
    public double Keep;
}
