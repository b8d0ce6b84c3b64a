using System.Runtime.CompilerServices;
using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>Runs ops: infers, allocates, computes or records, and extends the tape.</summary>
internal static class Dispatcher
{
    /// <summary>Called after each forward with the op and its outputs; tests perturb through
    /// it.</summary>
    internal static Action<Op, Tensor>? AfterForward { get; set; }

    /// <summary>Called with each gradient a rule returned; tests perturb through it.</summary>
    internal static Func<Op, Tensor, Tensor>? AfterBackward { get; set; }

    public static Tensor Run(Op op, ReadOnlySpan<Tensor> x)
    {
        if (Tracer.Current is { } tracer)
        {
            var traced = tracer.Record(op, x);
            Tape.Extend(op, x, traced);
            return traced[0];
        }
        CheckValues(op, x);
        Tensor y;
        if (op is ViewOp view)
        {
            y = x[0].Alias(view.View(x[0]));
            AfterForward?.Invoke(op, y);
            Tape.ExtendView(op, x, y);
            return y;
        }
        TensorSpec spec = default;
        op.InferAll(x, new Span<TensorSpec>(ref spec));
        y = Tensor.Empty(spec.Shape, spec.DType, x.Length > 0 ? x[0].Device : null);
        Compute(op, x, new ReadOnlySpan<Tensor>(in y));
        Tape.Extend(op, x, new ReadOnlySpan<Tensor>(in y));
        return y;
    }

    public static Tensor[] RunAll(Op op, ReadOnlySpan<Tensor> x)
    {
        Tensor[] y;
        if (Tracer.Current is { } tracer)
        {
            y = tracer.Record(op, x);
            Tape.Extend(op, x, y);
            return y;
        }
        CheckValues(op, x);
        var specs = new TensorSpec[op.OutputCount];
        op.InferAll(x, specs);
        y = new Tensor[specs.Length];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = Tensor.Empty(specs[i].Shape, specs[i].DType, x.Length > 0 ? x[0].Device : null);
        }
        Compute(op, x, y);
        Tape.Extend(op, x, y);
        return y;
    }

    /// <summary>Runs the forward on allocated outputs, with inputs made contiguous as
    /// asked.</summary>
    public static void Compute(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        Tensor[]? dense = null;
        for (var i = 0; i < x.Length; i++)
        {
            if (!x[i].IsContiguous && !op.AcceptsStrides(i))
            {
                dense ??= x.ToArray();
                dense[i] = x[i].Dense();
            }
        }
        op.Forward(dense ?? x, y);
        if (AfterForward is { } after)
        {
            foreach (var tensor in y)
            {
                after(op, tensor);
            }
        }
        if (AnomalyMode.IsEnabled)
        {
            AnomalyMode.CheckForward(op, x, y);
        }
    }

    private static void CheckValues(Op op, ReadOnlySpan<Tensor> x)
    {
        foreach (var tensor in x)
        {
            if (tensor.IsSymbolic)
            {
                ThrowSymbolic(op);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowSymbolic(Op op) => throw new InvalidOperationException(
        $"{op.Name}: an input was made inside a captured step and has no value outside of it; "
        + "return it from the step");
}
