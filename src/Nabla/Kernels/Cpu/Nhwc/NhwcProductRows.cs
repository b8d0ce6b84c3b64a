using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Rows of a transposed convolution's output from products of pixels, (pixel, tap row, tap column,
/// channel), where all channels are there and taps lie side by side. A row is then a sum over lines
/// of numbers: a stride's worth of outputs, by all channels, is as long as what each tap column
/// gives them, whatever the number of channels.
/// </summary>
internal unsafe struct NhwcProductRows<V> where V : unmanaged, IF32Lanes<V>
{
    private readonly Conv2dShape _s;

    /// <summary>Numbers that a stride's worth of outputs has.</summary>
    private readonly nint _length;

    /// <summary>Numbers that a pixel's products of a tap row have.</summary>
    private readonly nint _taps;

    /// <summary>Lines of numbers that a row is the sum of.</summary>
    private readonly int _lines;

    /// <summary>Zeros before a line.</summary>
    private readonly nint _front;

    /// <summary>Numbers from one line to the next.</summary>
    private readonly nint _pitch;

    private readonly float* _buffer;
    private readonly float* _bias;

    /// <param name="s">The sizes of the convolution that is transposed.</param>
    /// <param name="bias">A number for each channel.</param>
    /// <param name="buffer">Room for <see cref="Size"/> numbers.</param>
    public NhwcProductRows(in Conv2dShape s, float* bias, float* buffer)
    {
        _s = s;
        _length = s.StrideW * (nint)s.C;
        _taps = s.S * (nint)s.C;
        _lines = (s.S + s.StrideW - 1) / s.StrideW;
        _front = (_lines - 1) * _length;
        _pitch = Pitch(in s);
        _buffer = buffer;
        _bias = buffer + (_lines * _pitch);
        new Span<float>(buffer, checked((int)(_lines * _pitch))).Clear();
        for (var i = 0; i < s.W; i++)
        {
            for (var c = 0; c < s.C; c++)
            {
                _bias[(i * (nint)s.C) + c] = bias[c];
            }
        }
    }

    /// <summary>Whether products have the form that rows are made from.</summary>
    public static bool Suits(in Conv2dShape s) =>
        s.DilationW == 1 && s.C <= NhwcTiles.Panel<V>();

    /// <summary>Numbers of memory to make rows in.</summary>
    public static nint Size(in Conv2dShape s) =>
        (((s.S + s.StrideW - 1) / s.StrideW) * Pitch(in s)) + (s.W * (nint)s.C) + V.Count;

    /// <summary>Writes a row: bias, sums, residual and activation.</summary>
    /// <param name="rows">Where the products of the first pixel by a row of taps lie, for each row
    /// of the source that reaches the output's.</param>
    /// <param name="count">How many these are.</param>
    /// <param name="size">Numbers from one pixel's products to the next one's.</param>
    /// <param name="y">The row.</param>
    /// <param name="epilogue">Residual and activation.</param>
    /// <param name="at">Where the row begins in the residual.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Write(
        float** rows, int count, nint size, float* y, in ConvEpilogue epilogue, nint at)
    {
        for (var line = 0; line < _lines && count > 0; line++)
        {
            Line(rows, count, size, line);
        }

        var (least, greatest) = epilogue.Bounds;
        var (min, max) = (V.Broadcast(least), V.Broadcast(greatest));
        var residual = epilogue.Residual == null ? null : epilogue.Residual + at;
        var length = _s.W * (nint)_s.C;
        var from = _buffer + _front + (_s.PadW * (nint)_s.C);
        var lines = count > 0 ? _lines : 0;
        for (nint i = 0; i < length; i += V.Count)
        {
            var sum = V.Load(_bias + i);
            for (nint line = 0; line < lines; line++)
            {
                sum += V.Load(from + i + (line * (_pitch - _length)));
            }

            if (residual != null)
            {
                sum += NhwcLanes.Load<V>(residual + i, length - i);
            }

            NhwcLanes.Store(ConvEpilogue.Clamp(sum, min, max), y + i, length - i);
        }
    }

    /// <summary>Numbers of a line, with what is read before and behind it, and written behind it.
    /// </summary>
    private static nint Pitch(in Conv2dShape s)
    {
        var read = (s.W + s.PadW) * (nint)s.C;
        var front = ((s.S + s.StrideW - 1) / s.StrideW - 1) * s.StrideW * (nint)s.C;
        return front + Math.Max(read, s.OutW * (nint)s.StrideW * s.C) + (2 * V.Count);
    }

    /// <summary>A line: what each pixel gives to a stride's worth of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Line(float** rows, int count, nint size, int line)
    {
        var first = line * _length;
        var there = Math.Min(_length, _taps - first);
        var to = _buffer + (line * _pitch) + _front;
        var top = rows[0] + first;
        var second = rows[count > 1 ? 1 : 0] + first;
        for (nint j = 0; j < _s.OutW; j++, to += _length, top += size, second += size)
        {
            // Each store may write beyond its part: what comes next is written later.
            for (nint i = 0; i < _length; i += V.Count)
            {
                var sum = V.Load(top + i);
                if (count > 1)
                {
                    sum += V.Load(second + i);
                }

                for (var row = 2; row < count; row++)
                {
                    sum += V.Load(rows[row] + first + (j * size) + i);
                }

                V.Store(sum, to + i);
            }

            for (var i = there; i < _length; i++)
            {
                to[i] = 0;
            }
        }

        V.Store(V.Broadcast(0), to);
    }
}
