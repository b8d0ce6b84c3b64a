namespace Nabla.Graphs.Passes;

/// <summary>
/// Spans of places that overlap, as one: a union-find over places in which each points to the left.
/// </summary>
/// <param name="places">How many places there are.</param>
internal sealed class SpanUnion(int places)
{
    private readonly int[] _left = [.. Enumerable.Range(0, places)];

    /// <summary>Joins all places from one to another.</summary>
    public void Join(int from, int to)
    {
        for (var at = First(to); at > from; at = First(at))
        {
            _left[at] = at - 1;
        }
    }

    /// <summary>The first place that spans connect with this one.</summary>
    public int First(int place)
    {
        var first = place;
        while (_left[first] != first)
        {
            first = _left[first];
        }
        while (_left[place] != first)
        {
            (place, _left[place]) = (_left[place], first);
        }
        return first;
    }
}
