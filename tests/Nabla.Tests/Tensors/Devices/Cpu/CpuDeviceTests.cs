using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Devices.Cpu;

/// <summary>What the device adds to its kernels: broadcasting, strides, and types. The kernels' own
/// results are tested with the kernels, and through the ops.</summary>
[Collection(nameof(WorkerTeam))]
public class CpuDeviceTests
{
    private static readonly CpuDevice Device = CpuDevice.Instance;

    [Fact]
    public void It_is_called_cpu()
    {
        Assert.Equal("cpu", Device.Name);
        Assert.Equal("cpu", Device.ToString());
    }

    [Fact]
    public void Copy_broadcasts_converts_and_reads_and_writes_strides()
    {
        var y = Tensor.Empty([2, 3], DType.Int32);
        Device.Copy(Tensor.From(1.9f, -2.9f, 3f), y);
        Assert.Equal([1, -2, 3, 1, -2, 3], y.ToArray<int>());
        var columns = y.Alias(new Layout([3, 2], [1, 3], 0));
        Device.Copy(Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [3, 2]), columns);
        Assert.Equal([1, 3, 5, 2, 4, 6], y.ToArray<int>());
        Device.Copy(Tensor.Scalar(7.0), columns);
        Assert.Equal([7, 7, 7, 7, 7, 7], y.ToArray<int>());
    }

    [Fact]
    public void Fill_writes_only_what_the_view_covers()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        Device.Fill(0, x.Alias(new Layout([2, 2], [3, 1], 1)));
        Assert.Equal([1f, 0f, 0f, 4f, 0f, 0f], x.ToArray<float>());
    }

    [Fact]
    public void Reductions_fold_what_the_output_lacks()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        var rows = Tensor.Empty([2, 1]);
        Device.Reduce<SumFn>(DType.Float32, x, rows);
        Assert.Equal([6f, 15f], rows.ToArray<float>());
        var columns = Tensor.Empty([1, 2]);
        Device.Reduce<SumFn>(DType.Float32, x.Alias(new Layout([3, 2], [1, 3], 0)), columns);
        Assert.Equal([6f, 15f], columns.ToArray<float>());
    }

    [Fact]
    public void Matrix_products_take_any_strides()
    {
        var a = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        var y = Tensor.Empty([2, 2]);
        Device.MatMul(a, a.Alias(new Layout([3, 2], [1, 3], 0)), y);
        Assert.Equal([14f, 32f, 32f, 77f], y.ToArray<float>());
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        var x = Tensor.From(
            [.. Enumerable.Range(0, 300_000).Select(i => MathF.Sin(i))], [300, 1000]);
        var many = Tensor.Empty([300, 1]);
        Device.Reduce<SumFn>(DType.Float32, x, many);
        var threads = WorkerTeam.Threads;
        try
        {
            WorkerTeam.Threads = 1;
            var one = Tensor.Empty([300, 1]);
            Device.Reduce<SumFn>(DType.Float32, x, one);
            Assert.Equal(one.ToArray<float>(), many.ToArray<float>());
        }
        finally
        {
            WorkerTeam.Threads = threads;
        }
    }
}
