using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Lets the constants of one graph go while it is compiled, each as soon as its packed form has
/// taken its place. Their memory is free when no other tensor lies in it, which a collection finds
/// out: elements that somebody else holds stay.
/// </summary>
internal sealed class Discarding
{
    /// <summary>Bytes that wait for a collection at most, but for large graphs: fewer would hardly
    /// be seen in the peak of memory.</summary>
    private const long LeastWaiting = 4L << 20;

    /// <summary>Collections for a graph at most: who has many objects pays for each.</summary>
    private const int MostCollections = 32;

    private readonly Dictionary<object, int> _readers = new(ReferenceEqualityComparer.Instance);
    private long _room;
    private long _waiting;

    /// <summary>Counts who reads what, before a pass replaces nodes.</summary>
    public void Count(Graph graph)
    {
        _readers.Clear();
        foreach (var value in graph.Nodes.SelectMany(n => n.InputArray).Concat(graph.Results))
        {
            _readers[KeyOf(value)] = _readers.GetValueOrDefault(KeyOf(value)) + 1;
        }
        var bytes = _readers.Keys.OfType<Tensor>().Sum(constant => constant.Storage.Bytes);
        _room = Math.Max(LeastWaiting, bytes / MostCollections);
    }

    /// <summary>A node that read a constant, or a product of constants, reads its packed form
    /// instead: the last one lets it go.</summary>
    public void Leave(GraphValue value)
    {
        if (--_readers[KeyOf(value)] > 0)
        {
            return;
        }
        if (value.External is not { } constant)
        {
            Array.ForEach(value.Producer!.InputArray, Leave);
            return;
        }
        _waiting += constant.Storage.Bytes;
        constant.Discard("a constant of a compiled graph was let go, as its packed form had taken "
            + "its place, and is read after all: this is a mistake of Nabla, please report it");
        if (_waiting > _room)
        {
            _waiting = 0;
            MemoryPool.Trim();
        }
    }

    /// <summary>Several values may be one tensor.</summary>
    private static object KeyOf(GraphValue value) => (object?)value.External ?? value;
}
