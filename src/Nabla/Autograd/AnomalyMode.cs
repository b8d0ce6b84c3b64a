using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>Names the op whose forward or gradient first made a NaN or an infinity.</summary>
public static class AnomalyMode
{
    [ThreadStatic]
    private static bool _on;

    /// <summary>Whether every op's results are checked on this thread.</summary>
    public static bool IsEnabled
    {
        get => _on;
        set => _on = value;
    }

    /// <summary>Runs an action with the check on.</summary>
    /// <exception cref="AnomalyException">An op made a NaN or an infinity.</exception>
    public static void Detect(Action action)
    {
        var before = _on;
        _on = true;
        try
        {
            action();
        }
        finally
        {
            _on = before;
        }
    }

    internal static void CheckForward(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            if (!IsFinite(y[i]) && AllFinite(x))
            {
                throw new AnomalyException(op.Name,
                    $"{op.Name} made a NaN or infinity from finite inputs (output {i}, shape "
                    + $"{y[i].Shape})");
            }
        }
    }

    /// <summary>Runs a gradient rule, and names it when an op that it is made of misbehaves.
    /// </summary>
    internal static Tensor?[] Backward(GradNode node, Tensor?[] grads)
    {
        try
        {
            return node.Backward(grads);
        }
        catch (AnomalyException e)
        {
            throw new AnomalyException(
                node.Op.Name, $"in the gradient of {node.Op.Name}: {e.Message}");
        }
    }

    internal static void CheckBackward(Op op, int input, Tensor? gradient)
    {
        if (gradient is { IsSymbolic: false } && !IsFinite(gradient))
        {
            throw new AnomalyException(op.Name, $"the gradient of {op.Name} for input {input}, "
                + $"shape {gradient.Shape}, has a NaN or infinity");
        }
    }

    private static bool AllFinite(ReadOnlySpan<Tensor> x)
    {
        foreach (var tensor in x)
        {
            if (!IsFinite(tensor))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether no element is NaN or infinite.</summary>
    internal static unsafe bool IsFinite(Tensor x)
    {
        if (!x.DType.IsFloat || x.Count == 0)
        {
            return true;
        }
        var wide = Tensor.Empty(x.Shape, DType.Float64, x.Device);
        x.Device.Copy(x, wide);
        foreach (var value in new ReadOnlySpan<double>(wide.Pointer, checked((int)wide.Count)))
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }
        GC.KeepAlive(wide);
        return true;
    }
}

/// <summary>An op made a NaN or an infinity.</summary>
/// <param name="op">Its name.</param>
/// <param name="message">What happened.</param>
public sealed class AnomalyException(string op, string message) : ArithmeticException(message)
{
    /// <summary>The op's name.</summary>
    public string Op { get; } = op;
}
