using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void SgdUpdate(in SgdSettings settings, Tensor x, GradientSource gradient,
        Tensor? velocity, Tensor rate, Tensor step, Tensor newX, Tensor? newVelocity)
    {
        var problem = new SgdProblem
        {
            Count = (nint)x.Count,
            X = (byte*)x.Pointer,
            Gradient = (byte*)gradient.Left.Pointer,
            Velocity = (byte*)Address(velocity),
            NewX = (byte*)newX.Pointer,
            NewVelocity = (byte*)Address(newVelocity),
            Rate = *(double*)rate.Pointer,
            Decay = settings.WeightDecay,
            Momentum = settings.Momentum,
            Share = *(double*)step.Pointer == 1 ? 1 : 1 - settings.Dampening,
            Nesterov = settings.Nesterov,
        };
        Update<SgdUpdate, SgdProblem>(problem, gradient, newX);
        KeepAlive(x, gradient.Left, gradient.Right, rate, velocity, step, newX, newVelocity);
    }
}
