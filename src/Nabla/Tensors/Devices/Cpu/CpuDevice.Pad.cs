namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Pad(
        Tensor x, ReadOnlySpan<long> before, ReadOnlySpan<long> after, double value, Tensor y)
    {
        // The number in y's type, as bits: the kernel only moves it.
        var bits = 0L;
        ReadOnlySpan<long> one = [1];
        Kernels.Cpu.Copy.Fill(one, value, new(&bits, y.DType, one));
        var shape = x.Shape.Dims;
        void* from = x.Pointer, to = y.Pointer;
        switch (y.DType.Size)
        {
            case 1:
                Kernels.Cpu.Pad.Constant(
                    (byte*)from, (byte*)to, shape, before, after, (byte)bits);
                break;
            case 2:
                Kernels.Cpu.Pad.Constant(
                    (ushort*)from, (ushort*)to, shape, before, after, (ushort)bits);
                break;
            case 4:
                Kernels.Cpu.Pad.Constant(
                    (uint*)from, (uint*)to, shape, before, after, (uint)bits);
                break;
            default:
                Kernels.Cpu.Pad.Constant((long*)from, (long*)to, shape, before, after, bits);
                break;
        }
        KeepAlive(x, y);
    }
}
