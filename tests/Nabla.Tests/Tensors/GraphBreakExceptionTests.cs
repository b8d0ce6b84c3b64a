using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class GraphBreakExceptionTests
{
    [Fact]
    public void Reading_a_value_during_a_capture_breaks_the_graph()
    {
        var x = Tensor.From(1f);
        foreach (var read in new Action<Tensor>[]
        {
            y => y.Item(), y => y.ToArray<float>(), y => y.AsSpan<float>(), y => y.IsTrue(),
        })
        {
            var error = Assert.Throws<GraphBreakException>(() => Capture.Trace(inputs =>
            {
                read(inputs[0]);
                return inputs;
            }, x));
            Assert.Contains("breaks the graph", error.Message);
        }
    }
}
