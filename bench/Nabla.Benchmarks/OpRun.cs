using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Benchmarks;

/// <summary>An op with its inputs and outputs: a run is its kernel alone, without the dispatch and
/// the allocation of an eager call.</summary>
internal sealed class OpRun
{
    private readonly Op _op;
    private readonly Tensor[] _inputs;

    /// <summary>Makes the outputs, and computes them once: a gradient's op may need them.</summary>
    public OpRun(Op op, params Tensor[] inputs)
    {
        (_op, _inputs) = (op, inputs);
        var specs = new TensorSpec[op.OutputCount];
        op.InferAll(inputs, specs);
        Outputs = Array.ConvertAll(specs, s => Tensor.Empty(s.Shape, s.DType));
        Run();
    }

    public Tensor[] Outputs { get; }

    public void Run() => _op.Forward(_inputs, Outputs);
}
