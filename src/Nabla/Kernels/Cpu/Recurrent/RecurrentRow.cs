namespace Nabla.Kernels.Cpu;

/// <summary>
/// What a recurrent cell sees of one sample at one time step: rows of H numbers, and of G·H where
/// there is one row for each gate.
/// </summary>
internal unsafe struct RecurrentRow
{
    /// <summary>Bytes from a gate's row to the next gate's.</summary>
    public nint Gate;

    /// <summary>The same in <see cref="Hidden"/>.</summary>
    public nint HiddenGate;

    /// <summary>The input's share of the gates, G·H.</summary>
    public byte* Input;

    /// <summary>The former hidden state's share of the gates.</summary>
    public byte* Hidden;

    /// <summary>The biases that belong to <see cref="Hidden"/>, G·H, or null.</summary>
    public byte* Bias;

    /// <summary>The hidden state before the step, and after it.</summary>
    public byte* HBefore;
    public byte* H;

    /// <summary>The cell state before the step, and after it (LSTM).</summary>
    public byte* CBefore;
    public byte* C;

    /// <summary>What backward looks at again, one row for each that the cell keeps.</summary>
    public byte* Kept;

    /// <summary>Backward: the gradient of <see cref="H"/> from the loss, H.</summary>
    public byte* GradH;

    /// <summary>Backward: the gradient of <see cref="C"/> from the loss, H, or null.</summary>
    public byte* GradC;

    /// <summary>Backward: the gradient of H from later steps, in; what reaches
    /// <see cref="HBefore"/> beside the product, out.</summary>
    public byte* CarryH;

    /// <summary>Backward: the gradient of C from later steps, in; of <see cref="CBefore"/>, out.
    /// </summary>
    public byte* CarryC;

    /// <summary>Backward, out: the gradient of <see cref="Input"/>, G·H.</summary>
    public byte* GradInput;

    /// <summary>Backward, out: the gradient of <see cref="Hidden"/>, G·H, where it is another one
    /// than that of the input.</summary>
    public byte* GradHidden;
}
