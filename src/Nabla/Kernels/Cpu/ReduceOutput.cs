namespace Nabla.Kernels.Cpu;

/// <summary>Where a reduction's totals go, and how they are converted on the way.</summary>
internal readonly unsafe struct ReduceOutput
{
    private readonly byte* _data;
    private readonly int _size;
    private readonly int _totalSize;
    private readonly delegate*<void*, void*, nint, void> _cast;

    public ReduceOutput(in Operand y, DType totalType)
    {
        _data = (byte*)y.Data;
        _size = Cast.SizeOf(y.Type);
        _totalSize = Cast.SizeOf(totalType);
        _cast = Cast.Tile(totalType, y.Type);
    }

    /// <summary>Writes consecutive totals to outputs, a stride (in elements) apart.</summary>
    public void Write(void* totals, nint count, long offset, long stride)
    {
        var to = _data + (offset * _size);
        if (stride == 1)
        {
            _cast(totals, to, count);
            return;
        }

        for (nint i = 0; i < count; i++)
        {
            _cast((byte*)totals + (i * _totalSize), to + (i * stride * _size), 1);
        }
    }
}
