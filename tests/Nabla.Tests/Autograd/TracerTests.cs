using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd;

public class TracerTests
{
    [Fact]
    public void A_capture_is_current_on_its_own_thread_only()
    {
        Assert.Null(Tracer.Current);
        Capture.Trace(x =>
        {
            Assert.NotNull(Tracer.Current);
            Tracer? elsewhere = null;
            var thread = new Thread(() => elsewhere = Tracer.Current);
            thread.Start();
            thread.Join();
            Assert.Null(elsewhere);
            return [x[0] * 2];
        }, Tensor.From(1f));
        Assert.Null(Tracer.Current);
    }

    [Fact]
    public void A_capture_that_throws_ends()
    {
        Assert.Throws<InvalidDataException>(() => Capture.Trace(
            _ => throw new InvalidDataException(), Tensor.From(1f)));
        Assert.Null(Tracer.Current);
    }
}
