using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>The memory in which one slice at a time runs through a <see cref="BatchSlices"/>.
/// </summary>
internal sealed class BatchSlicesLane
{
    private readonly BatchSlices _op;
    private readonly Tensor[][] _inputs;
    private readonly Tensor[][] _outputs;
    private readonly List<(Tensor[] Array, int At, int Place)> _bound = [];

    public BatchSlicesLane(BatchSlices op)
    {
        _op = op;
        _inputs = new Tensor[op.Nodes.Length][];
        _outputs = new Tensor[op.Nodes.Length][];
        GraphValue[] outside = [.. op.Sources.Select(s => s.Value), .. op.Results];
        var last = new Dictionary<GraphValue, int>();
        for (var i = 0; i < op.Nodes.Length; i++)
        {
            Array.ForEach(op.Nodes[i].InputArray, value => last[value] = i);
        }
        var buffers = new BufferPool();
        var local = new Dictionary<GraphValue, Tensor>();
        for (var i = 0; i < op.Nodes.Length; i++)
        {
            var node = op.Nodes[i];
            _outputs[i] = Place(node.OutputArray, value => local[value] =
                buffers.Rent(op.Slice(value.Spec.Shape), value.Spec.DType));
            _inputs[i] = Place(node.InputArray, value => local[value]);
            foreach (var value in node.InputArray.Concat(node.OutputArray).Distinct())
            {
                if (local.TryGetValue(value, out var tensor)
                    && last.GetValueOrDefault(value, i) <= i)
                {
                    buffers.Return(tensor);
                    local.Remove(value);
                }
            }
        }

        Tensor[] Place(GraphValue[] values, Func<GraphValue, Tensor> find)
        {
            var tensors = new Tensor[values.Length];
            for (var i = 0; i < tensors.Length; i++)
            {
                if (Array.IndexOf(outside, values[i]) is >= 0 and var place)
                {
                    _bound.Add((tensors, i, place));
                }
                else
                {
                    tensors[i] = find(values[i]);
                }
            }
            return tensors;
        }
    }

    /// <summary>Makes a slice what the next run reads and writes.</summary>
    public void Bind(int slice, BatchSlicesViews views)
    {
        foreach (var (array, at, place) in _bound)
        {
            array[at] = views.At(slice, place);
        }
    }

    /// <summary>Runs the ops.</summary>
    public void Run()
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            _op.Nodes[i].Op.Forward(_inputs[i], _outputs[i]);
        }
    }

    /// <summary>Multiply-adds of the slice that is bound.</summary>
    public long MultiplyAdds()
    {
        var sum = 0L;
        for (var i = 0; i < _inputs.Length; i++)
        {
            sum += (_op.Nodes[i].Op as ICountsWork)?.MultiplyAdds(_inputs[i], _outputs[i]) ?? 0;
        }
        return sum;
    }
}
