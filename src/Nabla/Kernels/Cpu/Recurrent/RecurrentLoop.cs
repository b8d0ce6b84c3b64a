using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The time loop of a recurrent layer. A step is one round of the team: each chunk takes a few
/// hidden units through their share of the product and then through the cell, while the numbers
/// are in its core's caches. Weights are packed once, so that a core meets the same ones again in
/// its L2 at every step.
/// </summary>
internal static unsafe class RecurrentLoop<V, T, TCell>
    where V : unmanaged, ILanes<V>
    where T : unmanaged
    where TCell : IRecurrentCell
{
    public static void Forward(in RecurrentProblem problem)
    {
        var blocks = RecurrentBlocks<T>.OfForward(problem.Samples, problem.Units, TCell.Gates);
        using var packed = Scratch.Rent<T>(blocks.Packed);
        var pack = new RecurrentPackForward<T>
        {
            Blocks = blocks,
            Weight = (T*)problem.Weight,
            Packed = (T*)packed.Pointer,
        };
        WorkerTeam.For(blocks.Blocks, ref pack);
        for (var s = 0; s < problem.Steps; s++)
        {
            var step = new RecurrentForwardStep<V, T, TCell>
            {
                Blocks = blocks,
                Packed = (T*)packed.Pointer,
                Rows = RecurrentRows<T, TCell>.Of(problem, s),
            };
            WorkerTeam.For(blocks.Chunks, ref step);
        }
    }

    public static void Backward(in RecurrentProblem problem)
    {
        nint state = (nint)problem.Samples * problem.Units * sizeof(T);
        var blocks = RecurrentBlocks<T>.OfBackward(problem.Samples, problem.Units, TCell.Gates);
        using var packed = Scratch.Rent<T>(blocks.Packed);
        var pack = new RecurrentPackBackward<T>
        {
            Blocks = blocks,
            Weight = (T*)problem.Weight,
            Packed = (T*)packed.Pointer,
        };
        WorkerTeam.For(blocks.Blocks, ref pack);
        Unsafe.InitBlockUnaligned(problem.GradH0, 0, checked((uint)state));
        if (TCell.HasCell)
        {
            Unsafe.InitBlockUnaligned(problem.GradC0, 0, checked((uint)state));
        }
        var withSums = problem.GradInputSum != null || problem.GradHiddenSum != null;
        nint sumsOfPart = TCell.Sums * (nint)problem.Units;
        using var sums = Scratch.Rent<T>(withSums ? blocks.Parts * sumsOfPart : 0);
        new Span<T>(sums.Pointer, withSums ? checked((int)(blocks.Parts * sumsOfPart)) : 0).Clear();
        // What a step passes on is taken over when the step before it begins; so is the first's,
        // at the end.
        T* later = null, laterHidden = null;
        for (var s = problem.Steps - 1; s >= -1; s--)
        {
            var step = new RecurrentBackwardStep<V, T, TCell>
            {
                Blocks = blocks,
                Packed = (T*)packed.Pointer,
                Rows = RecurrentRows<T, TCell>.Of(problem, Math.Max(0, s)),
                Later = later,
                LaterHidden = laterHidden,
                Carry = (T*)problem.GradH0,
                IsEnd = s < 0,
                Sums = withSums ? (T*)sums.Pointer : null,
            };
            WorkerTeam.For(blocks.Chunks, ref step);
            var before = step.Rows.Time * (state / sizeof(T));
            later = (T*)problem.GradInput + (before * blocks.Gates);
            laterHidden = (T*)problem.GradHidden + before;
        }
        if (withSums)
        {
            PartialSums<V>.Add((byte*)sums.Pointer, (byte*)sums.Pointer, sumsOfPart,
                blocks.Parts, sumsOfPart * sizeof(T));
            Take((T*)sums.Pointer, problem);
        }
    }

    /// <summary>The sums of the input's share, and behind them that of a hidden share.</summary>
    private static void Take(T* sums, in RecurrentProblem problem)
    {
        var gates = TCell.Gates * problem.Units;
        if (problem.GradInputSum != null)
        {
            new ReadOnlySpan<T>(sums, gates).CopyTo(new Span<T>(problem.GradInputSum, gates));
        }
        if (problem.GradHiddenSum != null)
        {
            new ReadOnlySpan<T>(sums + gates, problem.Units)
                .CopyTo(new Span<T>(problem.GradHiddenSum, problem.Units));
        }
    }
}
