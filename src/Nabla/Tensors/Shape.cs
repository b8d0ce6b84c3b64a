using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

/// <summary>The sizes of a tensor's dimensions, e.g. <c>(32, 3, 28, 28)</c>; <c>()</c> is a
/// scalar.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<long>
{
    /// <summary>The most dimensions a tensor may have.</summary>
    public const int MaxRank = 8;

    private readonly long[]? _dims;

    /// <summary>A shape with the given sizes.</summary>
    /// <exception cref="ArgumentException">A size is negative, there are more than
    /// <see cref="MaxRank"/> of them, or their product passes 2⁶².</exception>
    public Shape(params ReadOnlySpan<long> dims) : this(dims.ToArray())
    {
    }

    internal Shape(long[] owned)
    {
        if (owned.Length > MaxRank)
        {
            ThrowHelper.Argument($"a shape has at most {MaxRank} dimensions, got {owned.Length}");
        }
        var count = 1L;
        foreach (var d in owned)
        {
            if (d < 0)
            {
                ThrowHelper.Argument($"a size cannot be negative, got {Format(owned)}");
            }
            if (d != 0 && count > (1L << 62) / d)
            {
                ThrowHelper.Argument($"the shape {Format(owned)} has too many elements");
            }
            count *= d;
        }
        _dims = owned;
        Count = count;
    }

    /// <summary>The number of elements: the product of the sizes, 1 for a scalar.</summary>
    public long Count { get => _dims is null ? 1 : field; }

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dims?.Length ?? 0;

    /// <summary>The sizes.</summary>
    public ReadOnlySpan<long> Dims => _dims;

    /// <summary>The scalar's shape.</summary>
    public static Shape Scalar => new();

    /// <summary>The size of a dimension; negative ones count from the end.</summary>
    public int this[int dim] => checked((int)_dims![Axis(dim)]);

    /// <summary>The size of a dimension counted from the start or (<c>^1</c>) the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public int this[Index dim]
    {
        get
        {
            // An offset below 0 is no dimension, and not one counted from the end once more.
            var axis = dim.GetOffset(Rank);
            if (axis < 0)
            {
                ThrowHelper.Range(nameof(dim), $"dimension {dim} does not exist in shape {this}");
            }
            return this[axis];
        }
    }

    /// <summary>Makes a shape from a collection expression.</summary>
    public static Shape Create(ReadOnlySpan<long> dims) => new(dims);

    /// <summary>A dimension's number in [0, Rank), from one that may be negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public int Axis(int dim)
    {
        var rank = Rank;
        if (dim < -rank || dim >= rank)
        {
            ThrowHelper.Range(nameof(dim), $"dimension {dim} does not exist in shape {this}; "
                + (rank == 0 ? "it has none" : $"expected {-rank} … {rank - 1}"));
        }
        return dim < 0 ? dim + rank : dim;
    }

    /// <summary>Row-major strides, in elements.</summary>
    public long[] ContiguousStrides()
    {
        if (Rank == 0)
        {
            return [];
        }
        var strides = new long[Rank];
        var step = 1L;
        for (var i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, _dims![i]);
        }
        return strides;
    }

    /// <summary>This shape with one size replaced.</summary>
    public Shape With(int dim, long size)
    {
        var dims = Dims.ToArray();
        dims[Axis(dim)] = size;
        return new Shape(dims);
    }

    /// <summary>This shape without one dimension.</summary>
    public Shape Without(int dim)
    {
        var axis = Axis(dim);
        return new Shape([.. Dims[..axis], .. Dims[(axis + 1)..]]);
    }

    /// <summary>This shape with a dimension of the given size put before
    /// <paramref name="dim"/>.</summary>
    public Shape Insert(int dim, long size)
    {
        var axis = dim < 0 ? dim + Rank + 1 : dim;
        if (axis < 0 || axis > Rank)
        {
            ThrowHelper.Range(nameof(dim),
                $"cannot insert a dimension at {dim} into {this}; expected {-Rank - 1} … {Rank}");
        }
        return new Shape([.. Dims[..axis], size, .. Dims[axis..]]);
    }

    /// <summary>The common shape of two under NumPy's broadcasting rule.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Shape Broadcast(Shape a, Shape b, string op = "broadcast")
    {
        if (a.Dims.SequenceEqual(b.Dims))
        {
            return a;
        }
        return TryBroadcast(a, b, out var result)
            ? result
            : throw new ArgumentException(
                $"{op}: the shapes {a} and {b} do not broadcast; sizes must be equal or 1, "
                + "counted from the last dimension");
    }

    /// <summary>The common shape of two under NumPy's broadcasting rule, if there is one.</summary>
    public static bool TryBroadcast(Shape a, Shape b, out Shape result)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        var dims = new long[rank];
        for (var i = 1; i <= rank; i++)
        {
            var x = i <= a.Rank ? a._dims![^i] : 1;
            var y = i <= b.Rank ? b._dims![^i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                result = default;
                return false;
            }
            dims[^i] = x == 1 ? y : x;
        }
        result = new Shape(dims);
        return true;
    }

    /// <summary>Whether a tensor of this shape can be expanded to another.</summary>
    public bool ExpandsTo(Shape target) =>
        TryBroadcast(this, target, out var common) && common == target;

    /// <inheritdoc/>
    public bool Equals(Shape other) => Dims.SequenceEqual(other.Dims);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Shape s && Equals(s);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var d in Dims)
        {
            hash.Add(d);
        }
        return hash.ToHashCode();
    }

    /// <summary>Same sizes.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>Different sizes.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)(_dims ?? [])).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() =>
        GetEnumerator();

    /// <summary>As in messages: <c>(32, 3, 28, 28)</c>, <c>(10,)</c>, <c>()</c>.</summary>
    public override string ToString() => Format(_dims ?? []);

    private static string Format(long[] dims) =>
        dims.Length == 1 ? $"({dims[0]},)" : $"({string.Join(", ", dims)})";
}
