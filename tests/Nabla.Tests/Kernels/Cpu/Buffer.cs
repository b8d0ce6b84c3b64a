using System.Runtime.InteropServices;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>A strided array of any element type, read and written as doubles.</summary>
internal sealed unsafe class Buffer
{
    private readonly byte[] _bytes;
    private readonly DType _type;
    private readonly long[] _strides;
    private readonly byte* _origin;

    /// <param name="value">The content, by position in memory.</param>
    public Buffer(DType type, long[] shape, long[] strides, Func<long, double> value)
    {
        (_type, _strides) = (type, strides);
        var length = NdIndex.Span(shape, strides);
        _bytes = GC.AllocateUninitializedArray<byte>((int)length * Cast.SizeOf(type), pinned: true);
        var start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        for (long i = 0; i < length; i++)
        {
            Write(start + (i * Cast.SizeOf(type)), value(i));
        }

        // Negative strides start at the other end.
        var back = shape.Zip(strides, (n, s) => s < 0 ? (n - 1) * -s : 0).Sum();
        _origin = start + (back * Cast.SizeOf(type));
    }

    public Operand Operand => new(_origin, _type, _strides);

    public double this[params long[] index]
    {
        get
        {
            var at = _origin + (NdIndex.Offset(index, _strides) * Cast.SizeOf(_type));
            GC.KeepAlive(_bytes);
            return _type switch
            {
                DType.Float32 => *(float*)at,
                DType.Float64 => *(double*)at,
                DType.Int64 => *(long*)at,
                DType.Int32 => *(int*)at,
                DType.Float16 => (double)*(Half*)at,
                DType.BFloat16 => (float)*(BFloat16*)at,
                _ => *at,
            };
        }
    }

    private void Write(byte* at, double value)
    {
        switch (_type)
        {
            case DType.Float32: *(float*)at = (float)value; break;
            case DType.Float64: *(double*)at = value; break;
            case DType.Int64: *(long*)at = (long)value; break;
            case DType.Int32: *(int*)at = (int)value; break;
            case DType.Float16: *(Half*)at = (Half)value; break;
            case DType.BFloat16: *(BFloat16*)at = (BFloat16)(float)value; break;
            case DType.Bool: *at = (byte)(value != 0 ? 1 : 0); break;
            default: *at = (byte)value; break;
        }
    }
}
