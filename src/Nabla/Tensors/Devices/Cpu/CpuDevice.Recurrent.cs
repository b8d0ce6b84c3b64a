using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Recurrent(RecurrentCell cell, bool reverse, Tensor input, Tensor weight,
        Tensor? bias, Tensor h0, Tensor? c0, Tensor h, Tensor? c, Tensor? kept, Tensor? share,
        Tensor? index = null)
    {
        var problem = Problem(reverse, h);
        problem.Input = input.Pointer;
        problem.Index = (long*)Address(index);
        problem.Weight = weight.Pointer;
        problem.Bias = Address(bias);
        problem.H0 = h0.Pointer;
        problem.C0 = Address(c0);
        problem.C = Address(c);
        problem.Kept = Address(kept);
        problem.KeptHidden = Address(share);
        if (h.DType == DType.Float32)
        {
            Kernels.Cpu.Recurrent.Forward<float>(cell, problem);
        }
        else
        {
            Kernels.Cpu.Recurrent.Forward<double>(cell, problem);
        }
        KeepAlive(input, weight, bias, h0, c0, h, c, kept, share, index);
    }

    /// <inheritdoc/>
    public void RecurrentBackward(RecurrentCell cell, bool reverse, Tensor gh, Tensor? gc,
        Tensor h, Tensor? c, Tensor? kept, Tensor? share, Tensor weight, Tensor h0, Tensor? c0,
        Tensor ginput, Tensor? gshare, Tensor gh0, Tensor? gc0, Tensor? ginputSum = null,
        Tensor? gshareSum = null)
    {
        var problem = Problem(reverse, h);
        problem.GradH = gh.Pointer;
        problem.GradC = Address(gc);
        problem.C = Address(c);
        problem.Kept = Address(kept);
        problem.KeptHidden = Address(share);
        problem.Weight = weight.Pointer;
        problem.H0 = h0.Pointer;
        problem.C0 = Address(c0);
        problem.GradInput = ginput.Pointer;
        problem.GradHidden = Address(gshare);
        problem.GradH0 = gh0.Pointer;
        problem.GradC0 = Address(gc0);
        problem.GradInputSum = Address(ginputSum);
        problem.GradHiddenSum = Address(gshareSum);
        if (h.DType == DType.Float32)
        {
            Kernels.Cpu.Recurrent.Backward<float>(cell, problem);
        }
        else
        {
            Kernels.Cpu.Recurrent.Backward<double>(cell, problem);
        }
        KeepAlive(gh, gc, h, c, kept, share, weight, h0, c0, ginput, gshare, gh0, gc0, ginputSum,
            gshareSum);
    }

    private static RecurrentProblem Problem(bool reverse, Tensor h) => new()
    {
        Steps = h.Shape[0],
        Samples = h.Shape[1],
        Units = h.Shape[2],
        Reverse = reverse,
        H = h.Pointer,
    };
}
