namespace Nabla.Kernels.Cpu;

/// <summary>
/// One layer of a recurrent network over all its time steps, from the input's share of the gates
/// (one large matrix product, made before). A step is a small product with weights that were packed
/// once, and one pass over the gates. Arrays are time-major and contiguous: (T, N, …).
/// </summary>
/// <remarks>
/// The result depends on sizes and the SIMD level, not on the number of threads.
/// </remarks>
public static unsafe class Recurrent
{
    /// <summary>Runs all steps.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Forward<T>(RecurrentCell cell, in RecurrentProblem problem)
        where T : unmanaged
    {
        switch (cell)
        {
            case RecurrentCell.Tanh:
                RecurrentLevel<RnnCell<RnnTanh>>.Forward<T>(problem);
                break;
            case RecurrentCell.Relu:
                RecurrentLevel<RnnCell<RnnRelu>>.Forward<T>(problem);
                break;
            case RecurrentCell.Lstm:
                RecurrentLevel<LstmCell>.Forward<T>(problem);
                break;
            default:
                RecurrentLevel<GruCell>.Forward<T>(problem);
                break;
        }
    }

    /// <summary>Runs all steps backwards.</summary>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Backward<T>(RecurrentCell cell, in RecurrentProblem problem)
        where T : unmanaged
    {
        switch (cell)
        {
            case RecurrentCell.Tanh:
                RecurrentLevel<RnnCell<RnnTanh>>.Backward<T>(problem);
                break;
            case RecurrentCell.Relu:
                RecurrentLevel<RnnCell<RnnRelu>>.Backward<T>(problem);
                break;
            case RecurrentCell.Lstm:
                RecurrentLevel<LstmCell>.Backward<T>(problem);
                break;
            default:
                RecurrentLevel<GruCell>.Backward<T>(problem);
                break;
        }
    }
}

/// <summary>Sizes and arrays of <see cref="Recurrent"/>; backward also uses the gradients.
/// </summary>
public unsafe struct RecurrentProblem
{
    /// <summary>T, time steps; at least 1.</summary>
    public int Steps;

    /// <summary>N, sequences.</summary>
    public int Samples;

    /// <summary>H, hidden units.</summary>
    public int Units;

    /// <summary>From the last time step to the first.</summary>
    public bool Reverse;

    /// <summary>(T, N, G·H): the input's share of the gates; or a table (V, G·H) of its rows.
    /// </summary>
    public void* Input;

    /// <summary>(T, N): the rows' numbers in a table <see cref="Input"/>, all in [0, V), or null.
    /// Then nothing may be written over the table.</summary>
    public long* Index;

    /// <summary>(G·H, H).</summary>
    public void* Weight;

    /// <summary>(G·H), added to the hidden share; or null.</summary>
    public void* Bias;

    /// <summary>(N, H): the first hidden state.</summary>
    public void* H0;

    /// <summary>(N, H): the first cell state of an LSTM.</summary>
    public void* C0;

    /// <summary>(T, N, H): hidden states; may be a plain layer's <see cref="Input"/>.</summary>
    public void* H;

    /// <summary>(T, N, H): cell states of an LSTM.</summary>
    public void* C;

    /// <summary>(T, N, G·H): what an LSTM or GRU keeps for backward; may be <see cref="Input"/>.
    /// </summary>
    public void* Kept;

    /// <summary>(T, N, H): the hidden share of n, which a GRU keeps too.</summary>
    public void* KeptHidden;

    /// <summary>(T, N, H): the gradient of the hidden states.</summary>
    public void* GradH;

    /// <summary>(T, N, H): the gradient of the cell states, or null.</summary>
    public void* GradC;

    /// <summary>(T, N, G·H), written: the gradient of the input's share; may be
    /// <see cref="Kept"/>, or a plain layer's <see cref="GradH"/>. That of the hidden share is the
    /// same but for a GRU's n.</summary>
    public void* GradInput;

    /// <summary>(T, N, H), written: the gradient of <see cref="KeptHidden"/>, which it may be.
    /// </summary>
    public void* GradHidden;

    /// <summary>(G·H), written: the sum of <see cref="GradInput"/> over steps and samples; or null.
    /// </summary>
    public void* GradInputSum;

    /// <summary>(H), written: the sum of <see cref="GradHidden"/>; or null.</summary>
    public void* GradHiddenSum;

    /// <summary>(N, H), written: the gradient of the first hidden state.</summary>
    public void* GradH0;

    /// <summary>(N, H), written: the gradient of the first cell state.</summary>
    public void* GradC0;
}
