using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A reduction of what a chain of elementwise ops computes, in one pass over
/// memory.</summary>
/// <param name="Fold">The reduction.</param>
/// <param name="Program">The chain; its first output is reduced, the others are outputs too.
/// </param>
/// <param name="Shape">What the chain computes.</param>
/// <param name="Specs">The results: of the reduction, then of the chain.</param>
/// <param name="Label">The ops, for printing.</param>
internal sealed record FusedReduction(
    Op Fold, FusedProgram Program, Shape Shape, TensorSpec[] Specs, string Label) : Op
{
    private int _runs;

    public override string Name => $"fused[{Label}]";

    public override int OutputCount => Specs.Length;

    public override bool AcceptsStrides(int input) => true;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        FusedElementwise.CheckOperands(Name, x, Program.Inputs, Shape);
        Specs.CopyTo(y);
    }

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        FusedElementwise.EmitWhenWarm(Program, ref _runs);
        ((IFusableFold)Fold).ForwardFused(Program, Shape, x, y);
    }

    public bool Equals(FusedReduction? other) => ReferenceEquals(this, other);

    public override int GetHashCode() =>
        System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Specs[0];
}
