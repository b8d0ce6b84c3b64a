namespace Nabla.Kernels.Cpu;

/// <summary>What the phases of a transposed convolution read along one axis.</summary>
internal readonly unsafe record struct NhwcSpan
{
    /// <summary>The span of phases that the targets of an axis are made of.</summary>
    public NhwcSpan(NhwcPhase* phases, int count)
    {
        (First, Last, Depth, Targets) = (int.MaxValue, int.MinValue, int.MinValue, 0);
        for (var i = 0; i < count; i++)
        {
            var phase = phases[i];
            Targets = Math.Max(Targets, phase.Count);
            if (phase.Taps > 0 && phase.Count > 0)
            {
                var reach = phase.Source + ((phase.Taps - 1) * phase.Step);
                First = Math.Min(First, phase.Source);
                Depth = Math.Max(Depth, reach);
                Last = Math.Max(Last, reach + phase.Count - 1);
            }
        }

        // Where no tap reaches any target, nothing is read.
        (First, Last, Depth) = First == int.MaxValue
            ? (0, -1, -1)
            : (First, Last, Depth - First);
    }

    /// <summary>The first element of the source; it may lie outside.</summary>
    public int First { get; }

    /// <summary>The last element of the source; it may lie outside.</summary>
    public int Last { get; }

    /// <summary>Elements from the first to the last one that one target of each phase reads,
    /// both in the same place.</summary>
    public int Depth { get; }

    /// <summary>Targets of the longest phase.</summary>
    public int Targets { get; }

    /// <summary>Elements that so many targets of each phase read.</summary>
    public int Sources(int targets) => Depth < 0 ? 0 : targets + Depth;
}
