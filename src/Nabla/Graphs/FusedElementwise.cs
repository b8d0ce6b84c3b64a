using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A chain of elementwise ops that runs tile by tile in one pass over memory.</summary>
/// <param name="Program">The chain.</param>
/// <param name="Specs">What it computes.</param>
/// <param name="Label">The ops, for printing.</param>
internal sealed record FusedElementwise(FusedProgram Program, TensorSpec[] Specs, string Label) : Op
{
    /// <summary>Runs before code is emitted: short-lived graphs never pay for it.</summary>
    private const int RunsBeforeEmission = 4;

    private int _runs;

    public override string Name => $"fused[{Label}]";

    public override int OutputCount => Specs.Length;

    public override bool IsPointwise => true;

    public override bool AcceptsStrides(int input) => true;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        CheckOperands(Name, x, Program.Inputs, Specs[0].Shape);
        Specs.CopyTo(y);
    }

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        EmitWhenWarm(Program, ref _runs);
        y[0].Device.Fused(Program, x, y);
    }

    /// <summary>Counts a run of a chain's owner; gives the chain emitted code after some.
    /// </summary>
    internal static void EmitWhenWarm(FusedProgram program, ref int runs)
    {
        if (runs < RunsBeforeEmission && ++runs == RunsBeforeEmission)
        {
            Emitter.TryCompile(program);
        }
    }

    /// <summary>Checks that a chain's operands have as many elements as its loop reads.</summary>
    internal static void CheckOperands(
        string name, ReadOnlySpan<Tensor> x, int count, Shape shape)
    {
        if (x.Length != count)
        {
            throw new ArgumentException($"{name} expects {count} operands but got {x.Length}");
        }
        foreach (var operand in x)
        {
            if (!operand.Shape.ExpandsTo(shape))
            {
                throw new ArgumentException($"{name} expects operands that expand to {shape} but "
                    + $"got {operand.Shape}");
            }
        }
    }

    public bool Equals(FusedElementwise? other) => ReferenceEquals(this, other);

    public override int GetHashCode() =>
        System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Specs[0];
}
