using System.Runtime.InteropServices;
using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>
/// Results on more threads than there are cores, where threads are interrupted in the middle of a
/// chunk and end in any order.
/// </summary>
[Collection(nameof(WorkerTeam))]
public sealed class ManyThreadsTests : IDisposable
{
    private readonly int _threads = WorkerTeam.Threads;

    private static readonly Dictionary<string, Func<float[]>> s_work = new()
    {
        ["blocked product"] = () => Product([301, 260], [260, 333]),
        ["tall product"] = () => Product([3000, 24], [24, 40]),
        ["product with a long sum"] = () => Product([24, 9000], [9000, 32]),
        ["product of a vector"] = () => Product([1, 700], [700, 900]),
        ["batch of products"] = () => Product([70, 33, 20], [70, 20, 41]),
        ["direct convolution"] = () => Convolution(2, 12, 21, 40),
        ["convolution with a stride"] = () => Convolution(3, 40, 17, 24, stride: 2),
        ["convolution of many small images"] = () => Convolution(40, 4, 8, 13),
        ["convolution of a batch"] = () => Convolution(16, 32, 6, 40, kernel: 1),
        ["depthwise convolution"] = () => Convolution(4, 48, 14, 48, groups: 48),
        ["Winograd"] = () => Convolution(4, 64, 16, 64),
        ["Winograd with few tiles"] = () => Convolution(1, 256, 14, 224),
        ["Winograd with small tiles"] = () => Convolution(24, 32, 6, 40),
        ["LSTM"] = () => Recurrent(new LSTM(20, 48), (m, x) => m.Call(x).Output),
        ["GRU"] = () => Recurrent(new GRU(20, 48), (m, x) => m.Call(x).Output),
        ["RNN"] = () => Recurrent(new RNN(20, 48), (m, x) => m.Call(x).Output),
        ["attention"] = () => Run(
            x => x[0].ScaledDotProductAttention(x[1], x[2]),
            [2, 3, 300, 24], [2, 3, 270, 24], [2, 3, 270, 24]),
        ["causal attention"] = () => Run(
            x => x[0].ScaledDotProductAttention(x[1], x[2], isCausal: true),
            [1, 8, 600, 16], [1, 8, 600, 16], [1, 8, 600, 16]),
        ["batch norm of images"] = () => Run(
            x => x[0].BatchNorm(x[1], x[2]).Y, [9, 40, 15, 14], [40], [40]),
        ["batch norm of rows"] = () => Run(
            x => x[0].BatchNorm(x[1], x[2]).Y, [3000, 50], [50], [50]),
        ["layer norm"] = () => Run(
            x => x[0].LayerNorm(1, x[1], x[2]), [900, 130], [130], [130]),
        ["group norm"] = () => Run(
            x => x[0].GroupNorm(4, x[1], x[2]), [30, 16, 11, 12], [16], [16]),
        ["softmax"] = () => Run(x => x[0].Softmax(), [900, 130]),
        ["sums"] = () => Run(x => x[0].Sum(0) + x[0].Sum(1).Sum(), [700, 310]),
        ["gradient of an embedding"] = () => Run(
            x => Tensor.Arange(6000L).Remainder(37).Embedding(x[0]), [40, 50]),
    };

    public static TheoryData<string> Work => [.. s_work.Keys];

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [MemberData(nameof(Work))]
    public void The_bits_are_those_of_one_thread(string work)
    {
        WorkerTeam.Threads = 1;
        var expected = s_work[work]();
        foreach (var threads in new[] { 16, 64 })
        {
            WorkerTeam.Threads = threads;
            for (var run = 0; run < 2; run++)
            {
                Assert.True(
                    MemoryMarshal.AsBytes<float>(expected).SequenceEqual(
                        MemoryMarshal.AsBytes<float>(s_work[work]())),
                    $"{work}: {threads} threads give other bits than one");
            }
        }
    }

    private static float[] Product(long[] a, long[] b) => Run(x => x[0].MatMul(x[1]), a, b);

    private static float[] Convolution(int images, int channels, int size, int outputs,
        int kernel = 3, int stride = 1, int groups = 1) => Run(
            x => x[0].Conv2d(x[1], x[2], stride, kernel / 2, groups: groups),
            [images, channels, size, size], [outputs, channels / groups, kernel, kernel],
            [outputs]);

    private static float[] Recurrent<M>(M module, Func<M, Tensor, Tensor> call)
        where M : Module
    {
        Tensor[] weights = [.. module.Parameters()];
        for (var i = 0; i < weights.Length; i++)
        {
            var value = Tensor.Randn(weights[i].Shape, generator: new Generator(i)) * 0.2;
            GradMode.NoGrad(() => weights[i].Assign(value));
            weights[i].Grad = null;
        }
        return
        [
            .. Run(x => call(module, x[0]), [9, 40, 20]),
            .. weights.SelectMany(w => w.Grad!.ToArray<float>()),
        ];
    }

    /// <summary>The output, and the gradients of all inputs, for random numbers.</summary>
    private static float[] Run(Func<Tensor[], Tensor> function, params long[][] shapes)
    {
        Tensor[] x = [.. shapes.Select((shape, i) =>
        {
            var leaf = Tensor.Randn(new Shape(shape), generator: new Generator(10 + i));
            leaf.RequiresGrad = true;
            return leaf;
        })];
        var y = function(x);
        y.Backward(Tensor.Randn(y.Shape, generator: new Generator(99)));
        return [.. x.Select(t => t.Grad!).Prepend(y.Detach())
            .SelectMany(t => t.ToArray<float>())];
    }
}
