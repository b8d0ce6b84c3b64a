namespace Nabla.Kernels.Cpu;

/// <summary>The elementwise half of a recurrent layer, between its matrix products.</summary>
internal unsafe interface IRecurrentCell
{
    /// <summary>Gates of a hidden unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Rows of H numbers that forward keeps for backward, beside its states and a hidden
    /// share.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether there is a cell state beside the hidden one.</summary>
    static abstract bool HasCell { get; }

    /// <summary>Whether the hidden product's last gate has a gradient of its own. Then forward
    /// keeps that gate's share, too.</summary>
    static abstract bool SplitsGradient { get; }

    /// <summary>Rows of H sums that are the biases' gradients: one for each gate, and one more for
    /// the hidden product's last gate where <see cref="SplitsGradient"/>.</summary>
    static abstract int Sums { get; }

    /// <summary>One step for <paramref name="n"/> hidden units from byte <paramref name="at"/>.
    /// </summary>
    static abstract void Forward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>;

    /// <summary>The gradient of that step.</summary>
    static abstract void Backward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>;
}
