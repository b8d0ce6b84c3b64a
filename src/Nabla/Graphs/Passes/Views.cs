using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>What passes ask about the views between two ops.</summary>
internal static class Views
{
    /// <summary>The value whose shape was changed, once or more, to get this one; itself where it
    /// was not.</summary>
    public static GraphValue Unshaped(GraphValue value)
    {
        while (value.Producer is { Op: ReshapeOp } view)
        {
            value = view.InputArray[0];
        }
        return value;
    }

    /// <summary>Numbers of a value's row: its last dimension; 1 for a scalar.</summary>
    public static long Width(GraphValue value) =>
        value.Spec.Shape.Rank == 0 ? 1 : value.Spec.Shape[^1];

    /// <summary>Whether a value will lie in row-major order, so that any shape is a view of it.
    /// </summary>
    public static bool IsDense(GraphValue value)
    {
        value = Unshaped(value);
        return value.Producer is { } producer
            ? producer.Op is not ViewOp
            : value.External is not { IsContiguous: false };
    }
}
