using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void ConvPool2d(FusedProgram chain, int flow, Tensor x, Tensor w, Tensor? bias, Tensor y,
        ReadOnlySpan<Tensor> constants, ReadOnlySpan<Tensor> kept, bool keepsSums, bool keepsFirst,
        in Conv2dGeometry geometry, Size2d window, int divisor)
    {
        var shape = new ConvPoolShape(
            ShapeOf(x.Shape, w.Shape, in geometry), window.Height, window.Width, divisor);
        var next = 0;
        var sums = keepsSums ? (float*)kept[next++].Pointer : null;
        var values = stackalloc float*[chain.Outputs.Length];
        for (var i = 0; i < chain.Outputs.Length; i++)
        {
            values[i] = i > 0 || keepsFirst ? (float*)kept[next++].Pointer : null;
        }
        var inputs = stackalloc ConvPoolInput[chain.Inputs];
        WriteInputs(flow, constants, inputs);
        ConvPoolKernels.Forward((float*)x.Pointer, (float*)w.Pointer,
            bias is null ? null : (float*)bias.Pointer, chain, inputs, sums, values,
            (float*)y.Pointer, in shape);
        KeepAlive(x, w, bias, y);
        KeepAlive(constants);
        KeepAlive(kept);
    }

    /// <inheritdoc/>
    public void ConvPool2dBackward(FusedProgram chain, int flow, Tensor x, Tensor w, Tensor gy,
        ReadOnlySpan<Tensor> others, Tensor? gx, Tensor? gw, Tensor? gb, in Conv2dGeometry geometry,
        Size2d window, int divisor)
    {
        var shape = new ConvPoolShape(
            ShapeOf(x.Shape, w.Shape, in geometry), window.Height, window.Width, divisor);
        var inputs = stackalloc ConvPoolInput[chain.Inputs];
        WriteInputs(flow, others, inputs);
        ConvPoolKernels.Backward((float*)x.Pointer, (float*)w.Pointer, (float*)gy.Pointer, chain,
            inputs, Pointer(gx), Pointer(gw), Pointer(gb), in shape);
        KeepAlive(x, w, gy, gx, gw, gb);
        KeepAlive(others);

        static float* Pointer(Tensor? tensor) =>
            tensor is null ? null : (float*)tensor.Pointer;
    }

    /// <summary>What a chain reads: the flow, and the others in order.</summary>
    private static void WriteInputs(int flow, ReadOnlySpan<Tensor> others, ConvPoolInput* inputs)
    {
        for (var i = 0; i <= others.Length; i++)
        {
            var tensor = i == flow ? null : others[i < flow ? i : i - 1];
            inputs[i] = tensor is null ? ConvPoolInput.Flow
                : tensor.Rank == 0 ? ConvPoolInput.Of(*(float*)tensor.Pointer)
                : ConvPoolInput.Of((float*)tensor.Pointer);
        }
    }
}
