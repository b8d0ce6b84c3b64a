using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x with a constant around it; negative pads crop.</summary>
public sealed record PadOp : Op
{
    private readonly long[] _before;
    private readonly long[] _after;

    /// <summary>Pads every dimension, the first one first.</summary>
    /// <param name="before">Elements put before each dimension's first.</param>
    /// <param name="after">Elements put after each dimension's last.</param>
    /// <param name="value">The constant.</param>
    public PadOp(ReadOnlySpan<long> before, ReadOnlySpan<long> after, double value)
    {
        _before = before.ToArray();
        _after = after.ToArray();
        Value = value;
    }

    /// <summary>Elements put before each dimension's first.</summary>
    public ReadOnlySpan<long> Before => _before;

    /// <summary>Elements put after each dimension's last.</summary>
    public ReadOnlySpan<long> After => _after;

    /// <summary>The constant.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Pad(x[0], _before, _after, Value, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        new PadOp(Array.ConvertAll(_before, n => -n), Array.ConvertAll(_after, n => -n), 0)
            .Apply(b.Grad),
    ];

    /// <inheritdoc/>
    public bool Equals(PadOp? other) => other is not null && Value.Equals(other.Value)
        && Before.SequenceEqual(other.Before) && After.SequenceEqual(other.After);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var n in (ReadOnlySpan<long>)[.. _before, .. _after])
        {
            hash.Add(n);
        }
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var dims = new long[x[0].Rank];
        for (var i = 0; i < dims.Length; i++)
        {
            dims[i] = x[0].Shape.Dims[i] + _before[i] + _after[i];
            if (dims[i] < 0)
            {
                throw new ArgumentException($"Pad: {_before[i]} before and {_after[i]} after crop "
                    + $"more than dimension {i} of shape {x[0].Shape} has");
            }
        }
        return new TensorSpec(new Shape(dims), x[0].DType);
    }
}

/// <summary><see cref="PadOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class PadOps
{
    extension(Tensor x)
    {
        /// <summary>x with a constant around it, as <c>torch.nn.functional.pad</c>.</summary>
        /// <param name="pads">Before and after the last dimension, before and after the one before
        /// it, and so on; negative ones crop.</param>
        /// <param name="value">The constant.</param>
        /// <exception cref="ArgumentException">The number of pads is odd or more than twice the
        /// rank, or they crop too much.</exception>
        public Tensor Pad(ReadOnlySpan<long> pads, double value = 0)
        {
            CheckCount(x, pads);
            Span<long> before = stackalloc long[x.Rank];
            Span<long> after = stackalloc long[x.Rank];
            before.Clear();
            after.Clear();
            for (var i = 0; i < pads.Length / 2; i++)
            {
                before[x.Rank - 1 - i] = pads[2 * i];
                after[x.Rank - 1 - i] = pads[(2 * i) + 1];
            }
            return new PadOp(before, after, value).Apply(x);
        }

        /// <summary>x with something around it, as <c>torch.nn.functional.pad</c>; here of any
        /// rank, in any dimensions.</summary>
        /// <param name="pads">Before and after the last dimension, before and after the one before
        /// it, and so on; negative ones crop.</param>
        /// <param name="mode">What is put around it.</param>
        /// <exception cref="ArgumentException">The number of pads is odd or more than twice the
        /// rank, they crop too much, or a dimension has too few elements to fill them: to reflect
        /// it takes one more than the pad, to go round as many, to replicate one.</exception>
        public Tensor Pad(ReadOnlySpan<long> pads, PadMode mode)
        {
            if (mode == PadMode.Constant)
            {
                return x.Pad(pads);
            }
            if (!Enum.IsDefined(mode))
            {
                throw new ArgumentOutOfRangeException(nameof(mode), "Pad: the mode is Constant, "
                    + $"Reflect, Replicate or Circular, not {(int)mode}");
            }
            CheckCount(x, pads);
            var y = x;
            for (var i = 0; i < pads.Length / 2; i++)
            {
                y = Along(y, x.Rank - 1 - i, pads[2 * i], pads[(2 * i) + 1], mode);
            }
            return y;
        }
    }

    private static void CheckCount(Tensor x, ReadOnlySpan<long> pads)
    {
        if (pads.Length % 2 != 0 || pads.Length > 2 * x.Rank)
        {
            throw new ArgumentException($"Pad: {pads.Length} pads do not fit shape {x.Shape}; "
                + "give one before and one after for each dimension, the last dimension first");
        }
    }

    /// <summary>Pieces of x before and after it, along one dimension.</summary>
    private static Tensor Along(Tensor x, int dim, long before, long after, PadMode mode)
    {
        if (before == 0 && after == 0)
        {
            return x;
        }
        var size = x.Shape.Dims[dim];
        long first = Math.Max(0, -before), end = size - Math.Max(0, -after);
        CheckRoom(x.Shape, dim, before, after, mode);
        var inner = x.Narrow(dim, first, end - first);
        return (before > 0, after > 0) switch
        {
            (true, true) => Tensor.Cat([Before(), inner, After()], dim),
            (true, false) => Tensor.Cat([Before(), inner], dim),
            (false, true) => Tensor.Cat([inner, After()], dim),
            _ => inner,
        };

        // What is cropped off can still be mirrored, as in PyTorch; it is not gone round.
        Tensor Before() => mode switch
        {
            PadMode.Reflect => x.Narrow(dim, 1, before).Flip(dim),
            PadMode.Replicate => Repeated(x, dim, 0, before),
            _ => x.Narrow(dim, end - before, before),
        };

        Tensor After() => mode switch
        {
            PadMode.Reflect => x.Narrow(dim, size - 1 - after, after).Flip(dim),
            PadMode.Replicate => Repeated(x, dim, size - 1, after),
            _ => x.Narrow(dim, first, after),
        };
    }

    private static Tensor Repeated(Tensor x, int dim, long index, long times) =>
        x.Narrow(dim, index, 1).BroadcastTo(x.Shape.With(dim, times));

    private static void CheckRoom(Shape shape, int dim, long before, long after, PadMode mode)
    {
        var size = shape.Dims[dim];
        var kept = size + Math.Min(0, before) + Math.Min(0, after);
        var room = mode switch
        {
            PadMode.Reflect => size - 1,
            PadMode.Replicate => size > 0 ? long.MaxValue : 0,
            _ => kept,
        };
        if (kept < 0 || Math.Max(before, after) > room)
        {
            throw new ArgumentException($"Pad: {before} before and {after} after do not fit "
                + $"dimension {dim} of shape {shape} in mode {mode}; "
                + (kept < 0 ? "they crop more than it has" : $"it can give {Math.Max(0, room)}"));
        }
    }
}
