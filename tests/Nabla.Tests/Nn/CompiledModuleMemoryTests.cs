using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Tensors;

namespace Nabla.Tests.Nn;

[Collection(nameof(MemoryCollection))]
public class CompiledModuleMemoryTests
{
    private const int Calls = 30;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_call_allocates_its_output_and_nothing_else(int images)
    {
        var model = new Sequential(new Conv2d(3, 16, 3, padding: 1), new BatchNorm2d(16),
            new ReLU(), new MaxPool2d(2), new Conv2d(16, 32, 3), new GELU(), new Flatten(),
            new Linear(512, 10), new Softmax(1));
        var x = Tensor.Randn(images, 3, 12, 12);
        var compiled = model.Compile(x);
        Measure(() => compiled.Call(x));
        var shape = new Shape(images, 10);
        var empty = Measure(() => Tensor.Empty(shape));
        Assert.InRange(empty, 1, long.MaxValue);
        Assert.Equal(empty, Measure(() => compiled.Call(x)));
    }

    /// <summary>Bytes of managed memory that so many calls take, when the pool has blocks for all
    /// of their tensors.</summary>
    private static long Measure(Func<Tensor> call)
    {
        Hold(() => call());
        Hold(() => Tensor.Empty(call().Shape));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Hold(call);
    }

    private static long Hold(Func<Tensor> call)
    {
        var tensors = new Tensor[Calls];
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref var tensor in tensors.AsSpan())
        {
            tensor = call();
        }
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(tensors);
        return bytes;
    }
}
