using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>Records what ran, so that gradients can flow back.</summary>
internal static class Tape
{
    public static void Extend(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        if (!Needed(op, x))
        {
            return;
        }
        var node = new GradNode(op, EdgesOf(x), x, y);
        for (var i = 0; i < y.Length; i++)
        {
            if (y[i].DType.IsFloat)
            {
                var state = GradState.For(y[i]);
                state.Node = node;
                state.Output = i;
                if (op is ViewOp)
                {
                    NoteBase(state, x[0]);
                }
            }
        }
    }

    /// <summary>A view remembers its base even where no gradient flows yet.</summary>
    public static void ExtendView(Op op, ReadOnlySpan<Tensor> x, Tensor y)
    {
        Extend(op, x, new ReadOnlySpan<Tensor>(in y));
        if (y.DType.IsFloat)
        {
            NoteBase(GradState.For(y), x[0]);
        }
    }

    /// <summary>Where a tensor's gradient goes: its node, a leaf's accumulator, or
    /// nowhere.</summary>
    public static Edge EdgeOf(Tensor x)
    {
        if (GradState.Of(x) is not { } state)
        {
            return default;
        }
        Refresh(x, state);
        if (state.Node is { } node)
        {
            return new Edge(node, state.Output);
        }
        return state.RequiresGrad ? new Edge(state.AccumulatorOf(x), 0) : default;
    }

    private static bool Needed(Op op, ReadOnlySpan<Tensor> x)
    {
        if (!GradMode.IsEnabled || !op.IsDifferentiable)
        {
            return false;
        }
        foreach (var tensor in x)
        {
            if (tensor.GradientState is not null && EdgeOf(tensor).IsConnected)
            {
                return true;
            }
        }
        return false;
    }

    private static Edge[] EdgesOf(ReadOnlySpan<Tensor> x)
    {
        var edges = new Edge[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            edges[i] = EdgeOf(x[i]);
        }
        return edges;
    }

    private static void NoteBase(GradState state, Tensor x)
    {
        var root = GradState.Of(x)?.Base ?? x;
        state.Base = root;
        state.BaseRebinds = GradState.Of(root)?.Rebinds ?? 0;
    }

    /// <summary>A view whose base was written in place since gets its gradient through the new
    /// base.
    /// </summary>
    private static void Refresh(Tensor x, GradState state)
    {
        if (state.Base is { } root && GradState.Of(root) is { } rootState
            && rootState.Rebinds != state.BaseRebinds)
        {
            state.BaseRebinds = rootState.Rebinds;
            var op = new Arithmetic.StridedViewOp(x.Layout, root.Layout);
            var edge = EdgeOf(root);
            state.Node = edge.IsConnected
                ? new GradNode(op, [edge], new ReadOnlySpan<Tensor>(in root),
                    new ReadOnlySpan<Tensor>(in x))
                : null;
            state.Output = 0;
        }
    }
}
