namespace Nabla.Kernels.Cpu;

/// <summary>
/// Which elements of the source the targets read along an axis, numbered without those that none
/// reads: with a stride and few taps some have no number.
/// </summary>
internal readonly unsafe struct ConvReads
{
    private readonly int _taps;
    private readonly int* _sources;
    private readonly int* _slots;

    /// <summary>Writes the tables into memory that stays the caller's.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="memory">Room for <see cref="Room"/> numbers.</param>
    public ConvReads(ConvAxis axis, int* memory)
    {
        _taps = axis.Taps;
        _sources = memory;
        _slots = memory + axis.Source;
        Total = axis.Source;
        new Span<int>(_sources, Total).Clear();
        for (var target = 0; target < axis.Target; target++)
        {
            for (var tap = 0; tap < _taps; tap++)
            {
                var read = axis.Read(target, tap);
                _slots[(target * _taps) + tap] = read;
                if (read >= 0)
                {
                    _sources[read] = 1;
                }
            }
        }

        for (var i = 0; i < Total; i++)
        {
            _sources[i] = _sources[i] == 0 ? -1 : Count++;
        }

        for (var i = 0; i < axis.Target * _taps; i++)
        {
            _slots[i] = _slots[i] < 0 ? -1 : _sources[_slots[i]];
        }

        // From numbers by element to elements by number: the latter never overtake.
        for (var i = 0; i < Total; i++)
        {
            if (_sources[i] >= 0)
            {
                _sources[_sources[i]] = i;
            }
        }
    }

    /// <summary>Elements of the source.</summary>
    public int Total { get; }

    /// <summary>Elements that are read.</summary>
    public int Count { get; }

    /// <summary>How many numbers the tables take.</summary>
    public static nint Room(ConvAxis axis) => axis.Source + (axis.Target * (nint)axis.Taps);

    /// <summary>The number of the element that a target's tap reads, or −1.</summary>
    public int Slot(int target, int tap) => _slots[(target * _taps) + tap];

    /// <summary>The element of a number.</summary>
    public int Source(int slot) => _sources[slot];
}
