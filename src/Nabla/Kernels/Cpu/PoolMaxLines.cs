using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static Nabla.Kernels.Cpu.PoolPhases;

namespace Nabla.Kernels.Cpu;

/// <summary>When maximum pooling goes by lines.</summary>
internal static class PoolMaxLines
{
    /// <summary>
    /// Whether windows share numbers, or are too far apart for registers of neighbours: two columns
    /// side by side are found faster in place.
    /// </summary>
    public static bool Suit(in PoolWindow w) => w.StrideWidth != 2 || w.KernelWidth > 2;
}

/// <summary>
/// Maximum pooling of float32 planes by lines: the maximum of each row of a window, which windows
/// above and below share, then the maximum of those. Of equal numbers the first in a row is kept,
/// and the first row: the first in the window.
/// </summary>
/// <remarks>
/// A line has −∞ for padding, which no number has to exceed. With a stride it is taken apart into
/// its phases (<see cref="PoolPhases"/>). Some rows at a time go through each stage: a register
/// that is read across two just written waits for both.
/// </remarks>
internal readonly unsafe struct PoolMaxLines<V>
    where V : unmanaged, IF32Lanes<V>
{
    private const int MostRows = 4;

    // Numbers of so many rows' lines stay in the L1 cache.
    private const int MostNumbers = 8192;

    private readonly PoolWindow _window;
    private readonly int _outHeight;
    private readonly int _outWidth;

    // From one phase to the next, from a row's lines to the next row's, rows of windows at a time,
    // and rows of the plane that are kept.
    private readonly nint _pitch;
    private readonly nint _step;
    private readonly int _rows;
    private readonly int _kept;

    // In the scratch: a row's last places, where each window's columns begin and how many of them
    // are padding, then for each row its line, the line's phases, its windows' maxima and places.
    private readonly int* _last;
    private readonly float* _columns;
    private readonly float* _skipped;
    private readonly float* _line;
    private readonly float* _phases;
    private readonly float* _best;
    private readonly float* _places;

    /// <summary>Sets up lines in scratch memory of <see cref="Bytes"/> bytes.</summary>
    public PoolMaxLines(in PoolWindow window, void* scratch)
    {
        _window = window;
        (_outHeight, _outWidth) = (window.OutHeight, window.OutWidth);
        _pitch = Pitch(window);
        _step = Step(window);
        _rows = Rows(window);
        _kept = Kept(window);
        var outputs = Whole(_outWidth);
        new Span<float>(scratch, checked((int)(Bytes(window) / sizeof(float))))
            .Fill(float.NegativeInfinity);
        _last = (int*)scratch;
        _columns = (float*)scratch + PoolPhases.Step;
        _skipped = _columns + outputs;
        _line = _skipped + outputs + Whole(window.PadWidth);
        _phases = _skipped + outputs + Length(window);
        _best = _phases + (window.StrideWidth * _pitch);
        _places = _best + outputs;
        for (var column = 0; column < outputs; column++)
        {
            var left = (column * window.StrideWidth) - window.PadWidth;
            ((int*)_columns)[column] = left;
            ((int*)_skipped)[column] = left >= 0 ? 0
                : (window.DilationWidth - 1 - left) / window.DilationWidth * window.DilationWidth;
        }
    }

    /// <summary>The scratch memory that a geometry needs.</summary>
    public static nint Bytes(in PoolWindow w) =>
        sizeof(float) * (PoolPhases.Step + (2 * Whole(w.OutWidth)) + (Kept(w) * Step(w)));

    private static int Reach(in PoolWindow w) => (w.KernelWidth - 1) * w.DilationWidth;

    /// <summary>Numbers of a phase that taps read.</summary>
    private static nint Count(in PoolWindow w) => w.OutWidth + (Reach(w) / w.StrideWidth) + 1;

    private static nint Pitch(in PoolWindow w) => w.StrideWidth == 1 ? 0 : Whole(
        Math.Max(Count(w), (w.Width + w.PadWidth) / w.StrideWidth)) + (2 * PoolPhases.Step);

    private static nint Length(in PoolWindow w) => Whole(w.PadWidth) + PoolPhases.Step + Math.Max(
        Whole(Math.Max(w.Width, w.OutWidth)) + Whole(Reach(w)), w.StrideWidth * Pitch(w));

    private static nint Step(in PoolWindow w) =>
        Length(w) + (w.StrideWidth * Pitch(w)) + (2 * Whole(w.OutWidth));

    private static int Rows(in PoolWindow w) =>
        (int)Math.Clamp(MostNumbers / (Step(w) * w.StrideHeight), 1, MostRows);

    private static int Kept(in PoolWindow w) => ((Rows(w) - 1) * w.StrideHeight)
        + ((w.KernelHeight - 1) * w.DilationHeight) + 1;

    /// <summary>
    /// Pools one plane; places are left out where <paramref name="index"/> is null. Returns false
    /// when there is NaN, or maybe infinities of both signs, or a window without a cell: then what
    /// was written means nothing.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public bool Run(float* x, float* y, long* index)
    {
        var (width, stride) = ((nint)_window.Width, _window.StrideWidth);
        var sum = V.Const(0);
        var next = 0;
        for (var start = 0; start < _outHeight; start += _rows)
        {
            var rows = Math.Min(_rows, _outHeight - start);
            var end = Math.Min(_window.Height, Top(start + rows - 1)
                + ((_window.KernelHeight - 1) * _window.DilationHeight) + 1);
            next = Math.Max(next, Top(start));
            for (var row = next; row < end; row++)
            {
                var room = (_window.Height - row) * width;
                if (stride == 2)
                {
                    Halve(x + (row * width), Lines(row), room);
                }
                else
                {
                    Copy(x + (row * width), _line + Lines(row), room);
                }
            }

            for (var row = next; row < end && stride > 2; row++)
            {
                PoolPhases.Split(_line + Lines(row) - _window.PadWidth, _phases + Lines(row),
                    stride, _pitch, Count(_window));
            }

            for (var row = next; row < end; row++)
            {
                sum += PoolRow(Lines(row), row, index != null);
            }

            next = Math.Max(next, end);
            for (var row = start; row < start + rows; row++)
            {
                var at = (nint)row * _outWidth;
                var room = ((nint)_outHeight * _outWidth) - at;
                if (!PoolColumns(row, y + at, index == null ? null : index + at, room))
                {
                    return false;
                }
            }
        }

        return !V.Any(V.BitXor(V.IsEqual(sum, sum), V.Bits(-1)));
    }

    /// <summary>The first row of an output row's windows; padding is negative.</summary>
    private int Top(int row) => (row * _window.StrideHeight) - _window.PadHeight;

    /// <summary>Where a row's lines are.</summary>
    private nint Lines(int row) => row % _kept * _step;

    /// <summary>Copies a row into a line.</summary>
    [MethodImpl(AggressiveInlining)]
    private void Copy(float* x, float* line, nint room)
    {
        nint width = _window.Width;
        var full = Full(width, room, V.Count);
        nint column = 0;
        for (; column < full; column += V.Count)
        {
            V.Store(V.Load(x + column), line + column);
        }

        if (column < width)
        {
            V.Store(V.LoadPart(x + column, width - column), line + column);
        }

        // What a whole register wrote behind the row is padding.
        V.Store(V.Broadcast(float.NegativeInfinity), line + width);
    }

    /// <summary>Takes a row apart into two phases, moved by the padding.</summary>
    [MethodImpl(AggressiveInlining)]
    private void Halve(float* x, nint lines, nint room)
    {
        var (width, pad) = (_window.Width, _window.PadWidth);
        nint half = (width + 1) / 2;
        if (2 * Whole(half) > room)
        {
            Copy(x, _line + lines, room);
            x = _line + lines;
        }

        var even = _phases + lines + (pad % 2 * _pitch) + (pad / 2);
        var odd = _phases + lines + ((pad + 1) % 2 * _pitch) + ((pad + 1) / 2);
        PoolPhases.Split((ulong*)x, (uint*)even, (uint*)odd, half);
        for (var i = 0; i < PoolPhases.Step; i += V.Count)
        {
            V.Store(V.Broadcast(float.NegativeInfinity), even + half + i);
            V.Store(V.Broadcast(float.NegativeInfinity), odd + (width / 2) + i);
        }
    }

    /// <summary>The maxima of a row's windows of one row; NaN where a number may be.</summary>
    [MethodImpl(AggressiveInlining)]
    private V PoolRow(nint lines, int row, bool hasPlaces)
    {
        var (taps, stride, dilation) =
            (_window.KernelWidth, _window.StrideWidth, _window.DilationWidth);
        var from = (stride == 1 ? _line - _window.PadWidth : _phases) + lines;
        var origin = V.Bits(row * _window.Width);
        var sum = V.Const(0);
        for (nint column = 0; column < _outWidth; column += V.Count)
        {
            var at = from + column;
            var best = V.Load(at);
            var place = V.Load(_skipped + column);
            sum += best;
            var phase = 0;
            for (var tap = 1; tap < taps; tap++)
            {
                if (stride == 1)
                {
                    at += dilation;
                }
                else
                {
                    phase += dilation;
                    at += dilation * _pitch;
                    while (phase >= stride)
                    {
                        phase -= stride;
                        at += 1 - (stride * _pitch);
                    }
                }

                var value = V.Load(at);
                sum += value;
                if (hasPlaces)
                {
                    place = V.Blend(V.IsLess(best, value), V.Bits(tap * dilation), place);
                }

                best = V.MaxOrSecond(value, best);
            }

            V.Store(best, _best + lines + column);
            if (hasPlaces)
            {
                place = V.BitAdd(V.BitAdd(place, origin), V.Load(_columns + column));
                V.Store(place, _places + lines + column);
            }
        }

        return sum;
    }

    /// <summary>A row of maxima; so many may be written. False when there is no row.</summary>
    [MethodImpl(AggressiveInlining)]
    private bool PoolColumns(int outRow, float* y, long* index, nint room)
    {
        var (top, dilation) = (Top(outRow), _window.DilationHeight);
        var skip = top < 0 ? (dilation - 1 - top) / dilation : 0;
        var taps = Math.Min(
            _window.KernelHeight, (_window.Height - top + dilation - 1) / dilation) - skip;
        if (taps <= 0)
        {
            return false;
        }

        var first = top + (skip * dilation);
        var full = Full(_outWidth, room, V.Count);
        var (lines, step, all) = (Lines(first), dilation * _step, _kept * _step);
        for (nint column = 0; column < _outWidth; column += V.Count)
        {
            var at = lines + column;
            var best = V.Load(_best + at);
            var place = V.Load(_places + at);
            for (var tap = 1; tap < taps; tap++)
            {
                at += step;
                at -= at >= all ? all : 0;
                var value = V.Load(_best + at);
                place = V.Blend(V.IsLess(best, value), V.Load(_places + at), place);
                best = V.MaxOrSecond(value, best);
            }

            var count = column < full ? V.Count : _outWidth - column;
            if (column < full)
            {
                V.Store(best, y + column);
            }
            else
            {
                V.StorePart(best, y + column, count);
            }

            if (index != null)
            {
                StorePlaces(place, index + column, count);
            }
        }

        return true;
    }

    [MethodImpl(AggressiveInlining)]
    private void StorePlaces(V places, long* index, nint count)
    {
        if (count < V.Count)
        {
            V.Store(places, _last);
            for (nint i = 0; i < count; i++)
            {
                index[i] = _last[i];
            }
        }
        else if (V.Count == Vector512<int>.Count)
        {
            var (low, high) = Vector512.Widen(Unsafe.BitCast<V, Vector512<int>>(places));
            low.Store(index);
            high.Store(index + 8);
        }
        else if (V.Count == Vector256<int>.Count)
        {
            var (low, high) = Vector256.Widen(Unsafe.BitCast<V, Vector256<int>>(places));
            low.Store(index);
            high.Store(index + 4);
        }
        else
        {
            var (low, high) = Vector128.Widen(Unsafe.BitCast<V, Vector128<int>>(places));
            low.Store(index);
            high.Store(index + 2);
        }
    }
}
