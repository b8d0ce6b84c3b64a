using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y (N, K, OH, OW) = the average pooling of chain(x ⋆ w + bias) in windows side by side;
    /// float32.
    /// </summary>
    /// <param name="chain">A chain; its first output is pooled.</param>
    /// <param name="flow">Which of the chain's inputs the convolution feeds.</param>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="w">(K, C, R, S).</param>
    /// <param name="bias">(K), or null.</param>
    /// <param name="y">The pooled output.</param>
    /// <param name="constants">The chain's other inputs: one number each.</param>
    /// <param name="kept">Where values are kept for the gradients, in the device's own order: the
    /// convolution's sums if <paramref name="keepsSums"/>, the chain's first output if
    /// <paramref name="keepsFirst"/>, and its others.</param>
    /// <param name="keepsSums">Whether the convolution's sums are kept.</param>
    /// <param name="keepsFirst">Whether the chain's first output is kept.</param>
    /// <param name="geometry">The convolution's.</param>
    /// <param name="window">The pooling's window and stride.</param>
    /// <param name="divisor">What a window's sum is divided by.</param>
    void ConvPool2d(FusedProgram chain, int flow, Tensor x, Tensor w, Tensor? bias, Tensor y,
        ReadOnlySpan<Tensor> constants, ReadOnlySpan<Tensor> kept, bool keepsSums, bool keepsFirst,
        in Conv2dGeometry geometry, Size2d window, int divisor);

    /// <summary>
    /// The gradients of <see cref="ConvPool2d"/> from that of y, for those of x, w and bias that
    /// are not null.
    /// </summary>
    /// <param name="chain">Gives the gradient of the convolution's output.</param>
    /// <param name="flow">Which of the chain's inputs is the gradient that comes out of the
    /// pooling; the others are <paramref name="others"/>, in order.</param>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="w">(K, C, R, S).</param>
    /// <param name="gy">(N, K, OH, OW).</param>
    /// <param name="others">What the forward kept, and constants: one number each.</param>
    /// <param name="gx">(N, C, H, W), or null.</param>
    /// <param name="gw">(K, C, R, S), or null.</param>
    /// <param name="gb">(K), or null.</param>
    /// <param name="geometry">The convolution's.</param>
    /// <param name="window">The pooling's window and stride.</param>
    /// <param name="divisor">What a window's sum is divided by.</param>
    void ConvPool2dBackward(FusedProgram chain, int flow, Tensor x, Tensor w, Tensor gy,
        ReadOnlySpan<Tensor> others, Tensor? gx, Tensor? gw, Tensor? gb, in Conv2dGeometry geometry,
        Size2d window, int divisor);
}
