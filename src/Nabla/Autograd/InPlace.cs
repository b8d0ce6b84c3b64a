using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>In-place writes: the elements change, and the tape learns of it.</summary>
public static class InPlace
{
    extension(Tensor x)
    {
        /// <summary>Replaces the elements by those of another tensor, which broadcasts.</summary>
        /// <returns>This tensor.</returns>
        /// <exception cref="InvalidOperationException">The tensor is a leaf that requires a
        /// gradient (outside <see cref="GradMode.NoGrad()"/>), or an expanded view.</exception>
        public Tensor Assign(Tensor value)
        {
            Write(x, value);
            return x;
        }
    }

    /// <summary>Writes a value into a tensor.</summary>
    internal static void Write(Tensor x, Tensor value)
    {
        Check(x, value);
        var fitted = CastOp.Of(value, x.DType);
        if (fitted.Shape != x.Shape)
        {
            fitted = new ExpandOp(x.Shape).Apply(fitted);
        }
        if (Tracer.Current is { } tracer)
        {
            tracer.Write(x, fitted);
        }
        else
        {
            // Overlapping memory (x += x.T) is read whole before it is written.
            var source = ReferenceEquals(fitted.Storage, x.Storage)
                && fitted.Layout != x.Layout ? Copied(fitted) : fitted;
            x.Device.Copy(source, x);
        }
        x.Storage.Version++;
        Rebind(x, fitted);
    }

    private static Tensor Copied(Tensor x)
    {
        var copy = Tensor.Empty(x.Shape, x.DType, x.Device);
        x.Device.Copy(x, copy);
        return copy;
    }

    private static void Check(Tensor x, Tensor value)
    {
        if (x.Layout.Overlaps)
        {
            throw new InvalidOperationException($"an expanded view, shape {x.Shape}, cannot be "
                + "written: several of its elements are one; Clone() it first");
        }
        if (!value.Shape.ExpandsTo(x.Shape))
        {
            throw new ArgumentException($"Assign: a value of shape {value.Shape} does not "
                + $"broadcast to the tensor's shape {x.Shape}");
        }
        if (!GradMode.IsEnabled)
        {
            return;
        }
        var root = GradState.Of(x)?.Base;
        if (root is { IsContiguous: false, DType.IsFloat: true }
            && (Tape.EdgeOf(value).IsConnected || Tape.EdgeOf(root).IsConnected))
        {
            throw new InvalidOperationException($"a view, shape {x.Shape}, of a strided tensor was "
                + "written in place while recording; make the tensor it views Contiguous() first");
        }
        if (IsWantedLeaf(x) || (root is not null && IsWantedLeaf(root)))
        {
            throw new InvalidOperationException("a leaf that requires a gradient was written in "
                + "place while recording; do it inside GradMode.NoGrad(…), or on a Clone()");
        }
    }

    private static bool IsWantedLeaf(Tensor x) =>
        GradState.Of(x) is { RequiresGrad: true, Node: null };

    /// <summary>From now on the tensor (and the base it is a view of) is what the write computed.
    /// </summary>
    private static void Rebind(Tensor x, Tensor value)
    {
        if (!GradMode.IsEnabled || !x.DType.IsFloat)
        {
            return;
        }
        var from = Tape.EdgeOf(value);
        var root = GradState.Of(x)?.Base;
        var into = Tape.EdgeOf(root ?? x);
        if (!from.IsConnected && !into.IsConnected)
        {
            return;
        }
        var target = root ?? x;
        var state = GradState.For(target);
        if (root is null)
        {
            // A node of its own: hooks of this tensor are not those of the value.
            state.Node = from.IsConnected
                ? new GradNode(DenseOp.Instance, [from], [value], [x])
                : null;
        }
        else
        {
            var op = new StridedScatterOp(x.Layout, root.Layout);
            state.Node = new GradNode(op, [into, from], [root, value], [root]);
        }
        state.Output = 0;
        state.Rebinds++;
    }
}
