namespace Nabla.Kernels.Cpu;

/// <summary>The right operand of a product: some tokens of a head, a row each.</summary>
internal readonly unsafe struct AttentionRight<T>
    where T : unmanaged
{
    private AttentionRight(T* rows, nint stride, nint panelSize)
    {
        Rows = rows;
        Stride = stride;
        PanelSize = panelSize;
    }

    /// <summary>The first panel's first row.</summary>
    public T* Rows { get; }

    /// <summary>Distance of a panel's rows.</summary>
    public nint Stride { get; }

    /// <summary>From a panel to the next.</summary>
    public nint PanelSize { get; }

    /// <summary>
    /// Rows where they lie, if they are whole registers and this head has too few tiles for packing
    /// to pay; else packed into room for <see cref="GemmPanels{T}.Size"/> numbers.
    /// </summary>
    public static AttentionRight<T> Of(AttentionProblem<T>* p, in AttentionOperand<T> operand,
        T* from, int rows, int width, T* room)
    {
        var columns = GemmPanels<T>.Columns;
        if (p->IsSmall && operand.Feature == 1 && width % (columns / 2) == 0)
        {
            return new(from, operand.Token, columns);
        }
        GemmPanels<T>.Pack(rows, width, from, operand.Token, operand.Feature, room);
        return new(room, columns, rows * (nint)columns);
    }
}
