using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A step of gradient descent in one pass over memory. Each output may be the memory of its input;
/// none may overlap another.
/// </summary>
internal readonly unsafe struct SgdUpdate : IParameterUpdate<SgdProblem>
{
    /// <inheritdoc/>
    public static int PerChunk => 16384;

    /// <summary>Updates float or double parameters.</summary>
    public static void Run<T>(in SgdProblem problem) where T : unmanaged =>
        UpdateLoop<SgdUpdate, SgdProblem>.Run<T>(problem);

    /// <inheritdoc/>
    public static nint Count(SgdProblem* p) => p->Count;

    /// <inheritdoc/>
    public static byte* Gradient(SgdProblem* p) => p->Gradient;

    /// <inheritdoc/>
    public static nint Beside(SgdProblem* p) =>
        p->Velocity == null ? 0 : (nint)(p->Velocity - p->NewX);

    /// <inheritdoc/>
    [MethodImpl(AggressiveOptimization)]
    public static void Step<V>(SgdProblem* p, UpdateTile* tile) where V : unmanaged, ILanes<V>
    {
        var (rate, decay) = (V.Const(-p->Rate), V.Const(p->Decay));
        var (momentum, share) = (V.Const(p->Momentum), V.Const(p->Share));
        do
        {
            tile->Ask<V>(p->X);
            tile->Ask<V>(p->Velocity);
            var at = tile->At;
            var gradient = tile->Gradient;
            for (var n = tile->Columns; n > 0; n -= V.Count)
            {
                var part = nint.Min(V.Count, n);
                var x = LaneWork.Load<V>(p->X + at, part);
                var g = V.Fma(decay, x, LaneWork.Load<V>(gradient, part));
                if (p->Velocity != null)
                {
                    var v = V.Fma(momentum, LaneWork.Load<V>(p->Velocity + at, part), share * g);
                    LaneWork.Store(v, p->NewVelocity + at, part);
                    g = p->Nesterov ? V.Fma(momentum, v, g) : v;
                }

                LaneWork.Store(V.Fma(rate, g, x), p->NewX + at, part);
                at += sizeof(V);
                gradient += sizeof(V);
            }
        }
        while (tile->Next());
    }
}

/// <summary>
/// g ← g + decay·x, v ← momentum·v + share·g, x ← x − rate·v, or after Nesterov
/// x ← x − rate·(g + momentum·v); without velocity x ← x − rate·g.
/// </summary>
internal unsafe struct SgdProblem
{
    public nint Count;
    public byte* X;
    public byte* Gradient;
    public byte* Velocity;
    public byte* NewX;
    public byte* NewVelocity;
    public double Rate;
    public double Decay;
    public double Momentum;
    public double Share;
    public bool Nesterov;
}
