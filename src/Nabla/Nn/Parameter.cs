using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>A tensor that a module learns: a leaf that requires a gradient.</summary>
/// <remarks>
/// It stays one object for its life: loading and <c>To(dtype)</c> change what is in it, so that an
/// optimizer may hold it.
/// </remarks>
public sealed class Parameter : Tensor
{
    /// <summary>Makes a tensor a parameter; the elements are shared, not copied.</summary>
    /// <param name="value">Its elements; a view of others is copied.</param>
    /// <param name="requiresGrad">False for a parameter that is not trained.</param>
    /// <exception cref="InvalidOperationException">The elements are not floating point.</exception>
    public Parameter(Tensor value, bool requiresGrad = true) : base(Real(value))
    {
        if (requiresGrad)
        {
            this.RequiresGrad = true;
        }
    }

    /// <summary>Whether its shape is not known yet: it is empty until <see cref="Materialize"/>.
    /// </summary>
    public bool IsDeferred { get; private set; }

    /// <summary>A parameter whose shape the first input of its module decides.</summary>
    public static Parameter Deferred(DType dtype = DType.Float32) =>
        new(Empty(new Shape(0), dtype)) { IsDeferred = true };

    /// <summary>Gives a deferred parameter its first elements.</summary>
    /// <exception cref="InvalidOperationException">It has elements.</exception>
    public void Materialize(Tensor value)
    {
        if (!IsDeferred)
        {
            throw new InvalidOperationException(
                $"Materialize: the parameter has its shape {Shape}; use Assign to change it");
        }
        Become(value.DType == DType ? Real(value) : Converted(Real(value), DType));
        IsDeferred = false;
    }

    /// <summary>Dense elements that outlive a captured step.</summary>
    /// <exception cref="GraphBreakException">A step is being captured.</exception>
    internal static Tensor Real(Tensor value) => Tracer.Current is null
        ? value.Dense()
        : throw new GraphBreakException("a parameter or buffer is made inside the captured step; "
            + "make modules before it");

    /// <summary>A copy of another element type.</summary>
    internal static Tensor Converted(Tensor value, DType dtype)
    {
        var converted = Empty(value.Shape, dtype, value.Device);
        value.Device.Copy(value, converted);
        return converted;
    }
}
