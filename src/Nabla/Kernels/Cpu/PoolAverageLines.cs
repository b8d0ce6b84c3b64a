using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static Nabla.Kernels.Cpu.PoolPhases;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Average pooling of planes by lines: a window's sum is a sum of column sums, so rows are added up
/// first, into a line with zeros for padding, and then the line's taps. The gradient goes the same
/// way: rows of shares first, then taps.
/// </summary>
/// <remarks>
/// With a stride, a line is taken apart into its phases, or put together from them
/// (<see cref="PoolPhases"/>): what a tap reads or writes are neighbours again. Some rows at a time
/// go through each stage: a register that is read across two just written waits for both.
/// </remarks>
internal readonly unsafe struct PoolAverageLines<T, V>
    where T : unmanaged
    where V : unmanaged, ILanes<V>
{
    private const int MostRows = 8;

    // Numbers of so many rows' lines stay in the L1 cache.
    private const int MostNumbers = 4096;

    private readonly PoolWindow _window;
    private readonly bool _countPad;
    private readonly int _divisor;
    private readonly int _outHeight;
    private readonly int _outWidth;

    // Numbers of a phase, from one phase to the next, from a row's lines to the next row's, rows
    // that go through the stages together, and rows of shares kept at a time.
    private readonly nint _count;
    private readonly nint _pitch;
    private readonly nint _step;
    private readonly int _rows;
    private readonly int _kept;

    // In the scratch: columns' divisors, rows of shares, then for each row its sums, their phases
    // and the line that those make.
    private readonly T* _cells;
    private readonly T* _shares;
    private readonly T* _sums;
    private readonly T* _phases;
    private readonly T* _joined;

    /// <summary>Sets up lines in scratch memory of <see cref="Bytes"/> bytes.</summary>
    public PoolAverageLines(in PoolWindow window, bool countPad, int divisor, void* scratch)
    {
        (_window, _countPad, _divisor) = (window, countPad, divisor);
        (_outHeight, _outWidth) = (window.OutHeight, window.OutWidth);
        _count = Count(window);
        _pitch = Pitch(window);
        _step = Step(window);
        _rows = Rows(window);
        _kept = Overlap(window.KernelHeight, window.StrideHeight);
        _cells = (T*)scratch;
        _shares = _cells + Whole(_outWidth);
        var lines = _shares + (_kept * Whole(_outWidth));
        _sums = lines + Margin(window);
        _phases = lines + Length(window);
        _joined = _phases + (window.StrideWidth * _pitch);
        new Span<byte>(scratch, checked((int)Bytes(window))).Clear();
        for (var column = 0; column < Whole(_outWidth); column++)
        {
            var extent = PoolExtent.Columns(window, column, countPad);
            var cells = divisor > 0 || column >= _outWidth ? 1 : Math.Max(1, extent.Cells);
            V.StorePart(V.Const(cells), _cells + column, 1);
        }
    }

    /// <summary>The scratch memory that a geometry needs.</summary>
    public static nint Bytes(in PoolWindow w) => sizeof(T) * ((Rows(w) * Step(w))
        + ((1 + Overlap(w.KernelHeight, w.StrideHeight)) * Whole(w.OutWidth)));

    private static int Overlap(int kernel, int stride) => (kernel + stride - 1) / stride;

    /// <summary>Numbers of a phase that taps read, or that a row of the gradient needs.</summary>
    private static nint Count(in PoolWindow w) => w.StrideWidth == 1 ? 0 : Math.Max(
        w.OutWidth + Overlap(w.KernelWidth, w.StrideWidth),
        ((w.Width + w.PadWidth) / w.StrideWidth) + 1);

    /// <summary>From one phase to the next: whole registers read over the count.</summary>
    private static nint Pitch(in PoolWindow w) =>
        w.StrideWidth == 1 ? 0 : Whole(Count(w)) + PoolPhases.Step;

    private static nint Margin(in PoolWindow w) =>
        Whole(Math.Max(w.PadWidth, Overlap(w.KernelWidth, w.StrideWidth)));

    /// <summary>Sums of rows with zeros on both sides as far as taps and phases reach.</summary>
    private static nint Length(in PoolWindow w) => Whole(Margin(w) + w.PadWidth + w.KernelWidth
        + Math.Max(Math.Max(w.Width, w.OutWidth), w.StrideWidth * Pitch(w))
        + (2 * PoolPhases.Step));

    private static nint Step(in PoolWindow w) =>
        Length(w) + Whole((2 * w.StrideWidth * Pitch(w)) + PoolPhases.Step);

    private static int Rows(in PoolWindow w) =>
        (int)Math.Clamp(MostNumbers / Step(w), 1, MostRows);

    /// <summary>Averages one plane.</summary>
    [MethodImpl(AggressiveOptimization)]
    public void Forward(T* x, T* y)
    {
        for (var start = 0; start < _outHeight; start += _rows)
        {
            var rows = Math.Min(_rows, _outHeight - start);
            for (var row = 0; row < rows; row++)
            {
                AddRows(x, Rows(start + row), _sums + (row * _step));
            }

            for (var row = 0; row < rows && _window.StrideWidth > 1; row++)
            {
                PoolPhases.Split(_sums + (row * _step) - _window.PadWidth,
                    _phases + (row * _step), _window.StrideWidth, _pitch, _count);
            }

            for (var row = 0; row < rows; row++)
            {
                var at = (nint)(start + row) * _outWidth;
                AddTaps(row * _step, Divisor(Rows(start + row)), y + at,
                    ((nint)_outHeight * _outWidth) - at);
            }
        }
    }

    /// <summary>Writes the gradient of one plane.</summary>
    [MethodImpl(AggressiveOptimization)]
    public void Backward(T* gy, T* gx)
    {
        var (width, stride, pad) = (_window.Width, _window.StrideWidth, _window.PadWidth);
        var sources = stackalloc int[MostRows];
        var divided = 0;
        for (var start = 0; start < _window.Height; start += _rows)
        {
            var rows = Math.Min(_rows, _window.Height - start);
            var lines = AddShares(gy, start, rows, sources, ref divided);
            for (var line = 0; line < lines && stride > 1; line++)
            {
                var to = _phases + (line * _step);
                for (var phase = 0; phase < Math.Min(stride, _window.KernelWidth); phase++)
                {
                    Spread(_sums + (line * _step), Overlap(_window.KernelWidth - phase, stride),
                        to + (phase * _pitch), _count, _pitch);
                }
            }

            for (var line = 0; line < lines && stride > 1; line++)
            {
                PoolPhases.Join(_phases + (line * _step), _joined + (line * _step), stride, _pitch,
                    _count);
            }

            var (from, taps) = stride == 1 ? (0, _window.KernelWidth) : (_joined - _sums, 1);
            for (var row = 0; row < rows; row++)
            {
                var at = (nint)(start + row) * width;
                Spread(_sums + from + pad + (sources[row] * _step), taps, gx + at, width,
                    ((nint)_window.Height * width) - at);
            }
        }
    }

    /// <summary>
    /// Lines of summed shares for some of the plane's rows: rows that the same windows hold have
    /// one in common, which <paramref name="sources"/> names.
    /// </summary>
    /// <returns>How many lines there are.</returns>
    [MethodImpl(AggressiveInlining)]
    private int AddShares(T* gy, int start, int rows, int* sources, ref int divided)
    {
        var lines = 0;
        var (firstAbove, lastAbove) = (-1, -1);
        for (var row = 0; row < rows; row++)
        {
            // These rows of windows hold this row of the plane.
            var below = start + row + _window.PadHeight;
            var last = Math.Min(_outHeight - 1, below / _window.StrideHeight);
            var above = below - _window.KernelHeight;
            var first = above < 0 ? 0 : (above / _window.StrideHeight) + 1;
            if (row == 0 || first != firstAbove || last != lastAbove)
            {
                for (; divided <= last; divided++)
                {
                    Divide(gy + ((nint)divided * _outWidth), divided);
                }

                AddShares(first, last, _sums + (lines++ * _step));
                (firstAbove, lastAbove) = (first, last);
            }

            sources[row] = lines - 1;
        }

        return lines;
    }

    private PoolExtent Rows(int row) => PoolExtent.Rows(_window, row, _countPad);

    private V Divisor(in PoolExtent rows) =>
        V.Const(_divisor > 0 ? _divisor : Math.Max(1, rows.Cells));

    /// <summary>Writes the sums of an extent's rows.</summary>
    [MethodImpl(AggressiveInlining)]
    private void AddRows(T* x, in PoolExtent extent, T* sums)
    {
        nint width = _window.Width;
        var rows = extent.End - extent.Start;
        if (rows <= 0)
        {
            new Span<T>(sums, _window.Width).Clear();
            return;
        }

        x += extent.Start * width;
        var full = Full(width, (_window.Height - extent.End + 1) * width, V.Count);
        nint column = 0;
        for (; column < full; column += V.Count)
        {
            var from = x + column;
            var sum = V.Load(from);
            for (var r = 1; r < rows; r++)
            {
                from += width;
                sum += V.Load(from);
            }

            V.Store(sum, sums + column);
        }

        if (column < width)
        {
            var from = x + column;
            var sum = V.LoadPart(from, width - column);
            for (var r = 1; r < rows; r++)
            {
                from += width;
                sum += V.LoadPart(from, width - column);
            }

            V.Store(sum, sums + column);
        }

        // What a whole register wrote behind the row is padding.
        V.Store(V.Const(0), sums + width);
    }

    /// <summary>A row of averages; so many numbers may be written.</summary>
    [MethodImpl(AggressiveInlining)]
    private void AddTaps(nint line, V divisor, T* y, nint room)
    {
        var full = Full(_outWidth, room, V.Count);
        nint column = 0;
        for (; column < full; column += V.Count)
        {
            V.Store(Average(line + column, column, divisor), y + column);
        }

        if (column < _outWidth)
        {
            V.StorePart(Average(line + column, column, divisor), y + column, _outWidth - column);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private V Average(nint at, nint column, V divisor)
    {
        var (taps, stride) = (_window.KernelWidth, _window.StrideWidth);
        V sum;
        if (stride == 1)
        {
            var line = _sums + at - _window.PadWidth;
            sum = V.Load(line);
            for (var tap = 1; tap < taps; tap++)
            {
                sum += V.Load(line + tap);
            }
        }
        else
        {
            var line = _phases + at;
            var phase = 0;
            sum = V.Load(line);
            for (var tap = 1; tap < taps; tap++)
            {
                line += _pitch;
                if (++phase == stride)
                {
                    phase = 0;
                    line += 1 - (stride * _pitch);
                }

                sum += V.Load(line);
            }
        }

        return sum / (divisor * V.Load(_cells + column));
    }

    /// <summary>Keeps a row of gy over its windows' sizes.</summary>
    [MethodImpl(AggressiveInlining)]
    private void Divide(T* gy, int row)
    {
        var divisor = Divisor(Rows(row));
        var share = _shares + (row % _kept * Whole(_outWidth));
        var full = Full(_outWidth, (nint)(_outHeight - row) * _outWidth, V.Count);
        nint column = 0;
        for (; column < full; column += V.Count)
        {
            V.Store(V.Load(gy + column) / (divisor * V.Load(_cells + column)), share + column);
        }

        if (column < _outWidth)
        {
            V.Store(V.LoadPart(gy + column, _outWidth - column)
                / (divisor * V.Load(_cells + column)), share + column);
        }
    }

    /// <summary>The sums of rows of shares, both ends included.</summary>
    [MethodImpl(AggressiveInlining)]
    private void AddShares(int first, int last, T* sums)
    {
        var pitch = Whole(_outWidth);
        var (start, rows) = (first % _kept, last - first);
        for (nint column = 0; column < _outWidth; column += V.Count)
        {
            var sum = V.Const(0);
            if (rows >= 0)
            {
                var at = start;
                sum = V.Load(_shares + (at * pitch) + column);
                for (var r = 0; r < rows; r++)
                {
                    at = at + 1 == _kept ? 0 : at + 1;
                    sum += V.Load(_shares + (at * pitch) + column);
                }
            }

            V.Store(sum, sums + column);
        }

        V.Store(V.Const(0), sums + _outWidth);
    }

    /// <summary>
    /// y[c] = line[c] + line[c − 1] + … for n columns; <paramref name="room"/> may be written.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    private static void Spread(T* line, int taps, T* y, nint n, nint room)
    {
        if (taps == 1 && V.Count == 1)
        {
            Unsafe.CopyBlockUnaligned(y, line, checked((uint)(n * sizeof(T))));
            return;
        }

        var full = Full(n, room, V.Count);
        nint column = 0;
        for (; column < full; column += V.Count)
        {
            V.Store(Sum(line + column, taps), y + column);
        }

        if (column < n)
        {
            V.StorePart(Sum(line + column, taps), y + column, n - column);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static V Sum(T* line, int taps)
    {
        var sum = V.Load(line);
        for (var tap = 1; tap < taps; tap++)
        {
            sum += V.Load(line - tap);
        }

        return sum;
    }
}
