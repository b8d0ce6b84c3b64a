using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Two-dimensional convolution (cross-correlation, as deep learning uses the word) of contiguous
/// NCHW tensors, and its gradients. Any stride, padding, dilation and number of groups.
/// </summary>
/// <remarks>
/// Results are equal bit for bit whatever the number of threads. Which algorithm runs depends on
/// the sizes alone; <see cref="Numerics.Strict"/> keeps to the definition's sums.
/// </remarks>
public static unsafe class Conv2dKernels
{
    /// <summary>
    /// y[n,k,i,j] = bias[k] + Σ w[k,c,r,s] · x[n,c,i·stride + r·dilation − pad, …], zero outside.
    /// </summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="w">(K, C/Groups, R, S).</param>
    /// <param name="bias">(K), or null.</param>
    /// <param name="y">(N, K, OutH, OutW); overwritten.</param>
    /// <param name="s">The sizes.</param>
    public static void Forward(float* x, float* w, float* bias, float* y, in Conv2dShape s) =>
        Forward(x, w, y, in s, new ConvEpilogue { Bias = bias });

    /// <summary>
    /// y = act(Σ w[k,c,r,s] · x[n,c,i·stride + r·dilation − pad, …] + bias[k] + residual[n,k,i,j]).
    /// </summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="w">(K, C/Groups, R, S).</param>
    /// <param name="y">(N, K, OutH, OutW); overwritten.</param>
    /// <param name="s">The sizes.</param>
    /// <param name="epilogue">Bias, residual and activation.</param>
    public static void Forward(
        float* x, float* w, float* y, in Conv2dShape s, in ConvEpilogue epilogue)
    {
        if (!Numerics.Strict && Winograd.SuitsForward(in s))
        {
            Winograd.Forward(x, w, y, in s, in epilogue);
        }
        else
        {
            Direct(ConvPlan.Forward(in s), s.N, x, w, y, in epilogue);
        }
    }

    /// <summary>The gradient with respect to x: Σ gy[n,k,i,j] · w[k,c,r,s].</summary>
    /// <param name="gy">(N, K, OutH, OutW).</param>
    /// <param name="w">(K, C/Groups, R, S).</param>
    /// <param name="gx">(N, C, H, W); overwritten.</param>
    /// <param name="s">The sizes.</param>
    public static void BackwardData(float* gy, float* w, float* gx, in Conv2dShape s) =>
        Transposed(gy, w, null, gx, in s);

    /// <summary>
    /// The transposed convolution y[n,c,…] = bias[c] + Σ x[n,k,i,j] · w[k,c,r,s]: the gradient with
    /// respect to the input of the convolution of these sizes, and a bias.
    /// </summary>
    /// <param name="x">(N, K, OutH, OutW).</param>
    /// <param name="w">(K, C/Groups, R, S).</param>
    /// <param name="bias">(C), or null.</param>
    /// <param name="y">(N, C, H, W); overwritten.</param>
    /// <param name="s">The sizes of the convolution that it transposes.</param>
    public static void Transposed(
        float* x, float* w, float* bias, float* y, in Conv2dShape s) =>
        Transposed(x, w, y, in s, new ConvEpilogue { Bias = bias });

    /// <summary>The same with an epilogue.</summary>
    /// <param name="x">(N, K, OutH, OutW).</param>
    /// <param name="w">(K, C/Groups, R, S).</param>
    /// <param name="y">(N, C, H, W); overwritten.</param>
    /// <param name="s">The sizes of the convolution that it transposes.</param>
    /// <param name="epilogue">Bias, residual and activation.</param>
    public static void Transposed(
        float* x, float* w, float* y, in Conv2dShape s, in ConvEpilogue epilogue)
    {
        if (!Numerics.Strict && Winograd.SuitsTransposed(in s))
        {
            Winograd.Transposed(x, w, y, in s, in epilogue);
        }
        else if (!epilogue.HasFinish)
        {
            Direct(ConvPlan.Backward(in s), s.N, x, w, y, in epilogue);
        }
        else
        {
            // With a stride, an output's neighbours belong to phases that come later.
            Transposed(x, w, epilogue.Bias, y, in s);
            var planes = s.N * (long)s.C;
            var finish = new FinishBody(
                y, s.H * (nint)s.W, in epilogue, RowChunks.Of(planes, s.H * (long)s.W));
            WorkerTeam.For(finish.Count, ref finish);
        }
    }

    /// <summary>The gradient with respect to w: Σ gy[n,k,i,j] · x[n,c,…].</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="gy">(N, K, OutH, OutW).</param>
    /// <param name="gw">(K, C/Groups, R, S); overwritten.</param>
    /// <param name="s">The sizes.</param>
    public static void BackwardWeights(float* x, float* gy, float* gw, in Conv2dShape s)
    {
        var plan = ConvPlan.Forward(in s);
        if (!Numerics.Strict && Winograd.SuitsWeights(in s))
        {
            Winograd.BackwardWeights(x, gy, gw, in s);
        }
        else if (Avx512F.IsSupported)
        {
            ConvWeightGrad<ConvVector512>.Run(in plan, s.N, x, gy, gw);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            ConvWeightGrad<ConvVector256>.Run(in plan, s.N, x, gy, gw);
        }
        else
        {
            ConvWeightGrad<ConvVector128>.Run(in plan, s.N, x, gy, gw);
        }
    }

    /// <summary>The gradient with respect to the bias: gb[k] = Σ gy[n,k,i,j].</summary>
    /// <param name="gy">(N, K, OutH, OutW).</param>
    /// <param name="gb">(K); overwritten.</param>
    /// <param name="s">The sizes.</param>
    public static void BackwardBias(float* gy, float* gb, in Conv2dShape s) =>
        ConvBiasGrad.Run(gy, gb, s.N, s.K, s.OutH * s.OutW);

    /// <inheritdoc cref="Forward(float*, float*, float*, float*, in Conv2dShape)"/>
    public static void Forward(double* x, double* w, double* bias, double* y, in Conv2dShape s) =>
        Plain(ConvDouble.Task.Forward, x, w, bias, y, in s);

    /// <inheritdoc cref="BackwardData(float*, float*, float*, in Conv2dShape)"/>
    public static void BackwardData(double* gy, double* w, double* gx, in Conv2dShape s) =>
        Transposed(gy, w, null, gx, in s);

    /// <inheritdoc cref="Transposed(float*, float*, float*, float*, in Conv2dShape)"/>
    public static void Transposed(
        double* x, double* w, double* bias, double* y, in Conv2dShape s) =>
        Plain(ConvDouble.Task.BackwardData, y, w, bias, x, in s);

    /// <inheritdoc cref="BackwardWeights(float*, float*, float*, in Conv2dShape)"/>
    public static void BackwardWeights(double* x, double* gy, double* gw, in Conv2dShape s) =>
        Plain(ConvDouble.Task.BackwardWeights, x, gw, null, gy, in s);

    /// <inheritdoc cref="BackwardBias(float*, float*, in Conv2dShape)"/>
    public static void BackwardBias(double* gy, double* gb, in Conv2dShape s)
    {
        var pixels = s.OutH * s.OutW;
        new Span<double>(gb, s.K).Clear();
        for (var plane = 0; plane < s.N * s.K; plane++, gy += pixels)
        {
            var sum = 0.0;
            for (var i = 0; i < pixels; i++)
            {
                sum += gy[i];
            }

            gb[plane % s.K] += sum;
        }
    }

    private static void Direct(
        in ConvPlan plan,
        int images,
        float* source,
        float* weights,
        float* target,
        in ConvEpilogue epilogue)
    {
        if (Avx512F.IsSupported)
        {
            Direct<ConvVector512>(in plan, images, source, weights, target, in epilogue);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Direct<ConvVector256>(in plan, images, source, weights, target, in epilogue);
        }
        else
        {
            Direct<ConvVector128>(in plan, images, source, weights, target, in epilogue);
        }
    }

    private static void Direct<V>(
        in ConvPlan plan,
        int images,
        float* source,
        float* weights,
        float* target,
        in ConvEpilogue epilogue)
        where V : unmanaged, IConvVector<V>
    {
        if (ConvPointwise.Suits(in plan))
        {
            ConvPointwise.Run(in plan, images, source, weights, target, in epilogue);
        }
        else if (DepthwisePlane.Suits(in plan, images, V.Count))
        {
            Depthwise<V>.Run(in plan, images, source, weights, target, in epilogue);
        }
        else if (ConvBatch<V>.Suits(in plan, images))
        {
            ConvBatch<V>.Run(in plan, images, source, weights, target, in epilogue);
        }
        else
        {
            ConvDirect<V>.Run(in plan, images, source, weights, target, in epilogue);
        }
    }

    private static void Plain(
        ConvDouble.Task kind, double* x, double* w, double* bias, double* y, in Conv2dShape s)
    {
        var body = new ConvDouble { Kind = kind, Shape = s, X = x, W = w, Y = y, Bias = bias };
        body.Compute();
    }

    /// <summary>Ends a convolution whose planes are whole.</summary>
    private readonly struct FinishBody(
        float* y, nint plane, in ConvEpilogue epilogue, RowChunks chunks) : IChunkBody
    {
        private readonly ConvEpilogue _epilogue = epilogue;

        public int Count => chunks.Count;

        public void Run(int chunk)
        {
            var first = (nint)chunks.Start(chunk) * plane;
            _epilogue.Finish(y, first, ((nint)chunks.End(chunk) * plane) - first);
        }
    }
}
