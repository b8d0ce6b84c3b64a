using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void AdamUpdate(in AdamSettings settings, Tensor x, GradientSource gradient, Tensor m,
        Tensor v, Tensor rate, Tensor step, Tensor newX, Tensor newM, Tensor newV)
    {
        // In float64: 1 − 0.999ᵗ has few digits left in float32.
        var (t, lr) = (*(double*)step.Pointer, *(double*)rate.Pointer);
        var problem = new AdamProblem
        {
            Count = (nint)x.Count,
            X = (byte*)x.Pointer,
            Gradient = (byte*)gradient.Left.Pointer,
            M = (byte*)m.Pointer,
            V = (byte*)v.Pointer,
            NewX = (byte*)newX.Pointer,
            NewM = (byte*)newM.Pointer,
            NewV = (byte*)newV.Pointer,
            Beta1 = settings.Beta1,
            Beta2 = settings.Beta2,
            Epsilon = settings.Epsilon,
            Rate = lr / (1 - Math.Pow(settings.Beta1, t)),
            SecondScale = Math.Sqrt(1 / (1 - Math.Pow(settings.Beta2, t))),
            Decay = settings.IsDecoupled ? 0 : settings.WeightDecay,
            Keep = settings.IsDecoupled ? 1 - (lr * settings.WeightDecay) : 1,
        };
        Update<AdamUpdate, AdamProblem>(problem, gradient, newX);
        KeepAlive(x, gradient.Left, gradient.Right, m, v, rate, step, newX, newM, newV);
    }
}
