using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <content>The ops to draw from.</content>
internal sealed partial class RandomProgram
{
    private Tensor Pointwise(Tensor x) => _random.Next(38) switch
    {
        0 => Note("relu", x.Relu()),
        1 => Note("gelu", x.Gelu()),
        2 => Note("gelu_tanh", x.Gelu("tanh")),
        3 => Note("silu", x.Silu()),
        4 => Note("tanh", x.Tanh()),
        5 => Note("sigmoid", x.Sigmoid()),
        6 => Note("softplus", x.Softplus()),
        7 => Note("elu", x.Elu()),
        8 => Note("leaky_relu", x.LeakyRelu(0.1)),
        9 => Note("log_sigmoid", x.LogSigmoid()),
        10 => Note("clamp", x.Clamp(-0.7, 0.9)),
        11 => Note("relu6", x.Clamp(0, 6)),
        12 => Note("scale", (x * 0.5) + 0.25),
        13 => Note("add", x + Like(x)),
        14 => Note("mul", x * Like(x)),
        15 => Note("sub", Like(x) - x),
        16 => Note("div", x / (Like(x).Abs() + 1)),
        17 => Note("square", x.Square() * 0.5),
        18 => Note("sqrt", (x.Square() + 0.1).Sqrt()),
        19 => Note("exp", x.Tanh().Exp()),
        20 => Note("log", (x.Square() + 1).Log()),
        21 => Note("add bias", x + Parameter(0.5, x.Shape[^1])),
        22 => Note("mul gain", x * Parameter(1, x.Shape[^1])),
        23 => Note("where", Tensor.Where(x > 0.1, x, Like(x) * 0.5)),
        24 => Note("maximum", x.Maximum(Like(x) - 0.05)),
        25 => Note("sin", (x * 0.9).Sin()),
        26 => Note("erf", x.Erf()),
        27 => Note("detached", x * Like(x).Detach().Sigmoid()),
        28 => Note("dropout", x.Dropout(0.2, _trains)),
        29 => Note("rsqrt", x * (x.Square().Mean(-1, true) + 0.5).Rsqrt()),
        30 => Note("add row", x + Parameter(0.5, 1, x.Shape[^1])),
        31 => Note("mul column", x * Parameter(1, x.Shape[^2], 1)),
        32 => Updated(x),
        33 => Note("pow", (x.Abs() + 0.5).Pow(1.5)),
        34 => Note("minimum", x.Minimum(0.8)),
        35 => Note("masked", x.MaskedFill(Like(x) > 0.5, 0.1)),
        36 => Note(
            "cast", x.To(_type == DType.Float32 ? DType.Float64 : DType.Float32).To(_type)),
        _ => Note("neg reciprocal", -(x.Abs() + 1).Reciprocal()),
    };

    /// <summary>A value of its own that changes in place.</summary>
    private Tensor Updated(Tensor x)
    {
        var y = x * 0.5;
        y += Like(x);
        y *= 0.7;
        return Note("in place", y);
    }

    /// <summary>Ops for any rank above 1 that reduce, or move, numbers.</summary>
    private Tensor Moved(Tensor x)
    {
        var last = x.Rank - 1;
        var half = x.Shape[^1] / 2;
        switch (_random.Next(22))
        {
            case 0: return Note("center", x - x.Mean(-1, true));
            case 1: return Note("spread", x / (x.Std(-1, 0, true) + 1));
            case 2: return Note("softmax", x.Softmax(-1));
            case 3: return Note("log_softmax", x.LogSoftmax(-1) * 0.3);
            case 4: return Note("mean 0", x + x.Mean(0, true));
            case 5: return Note("amax", x - x.Amax(-1, true));
            case 6: return Note("flip", x.Flip(last));
            case 7: return Note("cumsum", x.CumSum(-1) * 0.2);
            case 8: return Note("roll", x.Roll(1, last));
            case 9: return Note("transpose", x.Transpose(-1, -2));
            case 10: return Note("softmax 1", x.Softmax(1));
            case 11: return Note("cat", Tensor.Cat([x, Like(x).Relu()], 1));
            case 12 when half > 0:
                return Note("gate", x.Narrow(last, 0, half) * x.Narrow(last, half, half).Sigmoid());
            case 13 when half > 0:
                return Note(
                    "halves",
                    Tensor.Cat(
                        [x.Narrow(last, half, x.Shape[^1] - half), x.Narrow(last, 0, half)], last));
            case 14: return Note("logsumexp", x - x.LogSumExp(-1, true));
            case 15: return Note("repeat_interleave", x.RepeatInterleave(2, last));
            case 16: return Note("max", x + x.Max(-1, true).Values);
            case 17: return Note("sorted", x.Sort(-1).Values * 0.5);
            case 18: return Note("pad", x.Pad([1, 0]));
            case 19: return Note("var", x * (x.Var(0, 0, true) + 0.5));
            case 20:
                var twice = Tensor.Arange(x.Shape[1] + 1).FloorDivide(2);
                return Note("picked", x.IndexSelect(1, twice));
            case 21: return Note("stack", Tensor.Stack([x, Like(x)], 1).Sum(1));
            default: return Note("contiguous", x.Transpose(0, 1).Contiguous().Transpose(0, 1));
        }
    }

    private Tensor Linear(Tensor x)
    {
        var wide = Any(4, 7, 16, 32, 48);
        var w = Parameter(1.5 / Math.Sqrt(x.Shape[^1]), wide, x.Shape[^1]);
        return _random.Next(3) == 0 ? x.Linear(w) : x.Linear(w, Parameter(0.3, wide));
    }

    private Tensor LayerNorm(Tensor x) => _random.Next(2) == 0
        ? x.LayerNorm()
        : x.LayerNorm(1, Parameter(1, x.Shape[^1]), Parameter(0.3, x.Shape[^1]));

    private Tensor BatchNorm(Tensor x)
    {
        var c = x.Shape[1];
        var (gain, shift) = (Parameter(1, c), Parameter(0.3, c));
        return _trains && x.Shape.Count > c
            ? x.BatchNorm(gain, shift).Y
            : x.BatchNormInference(
                Parameter(0.3, c).Detach(), Parameter(1, c).Detach().Square() + 0.5, gain, shift);
    }

    private Tensor OfRows(Tensor x)
    {
        switch (_random.Next(8))
        {
            case 0: return Note("linear", Linear(x));
            case 1: return Note("linear relu", Linear(x).Relu());
            case 2: return Note("linear gelu", Linear(x).Gelu());
            case 3: return Note("layer_norm", LayerNorm(x));
            case 4: return Note("batch_norm", BatchNorm(x));
            case 5: return Note("gram", x.MatMul(x.Transpose()) * (1.0 / x.Shape[1]));
            case 6:
                var wide = Any(8, 16, 24);
                var hidden = x.Linear(Parameter(1 / Math.Sqrt(x.Shape[1]), wide, x.Shape[1]));
                var y = x + hidden.Tanh().MatMul(Parameter(0.2, wide, x.Shape[1]));
                return Note("residual", y);
            default:
                return x.Shape[1] % 4 == 0
                    ? Note("heads", x.Reshape(x.Shape[0], 4, x.Shape[1] / 4))
                    : Note("unsqueeze", x.Unsqueeze(1));
        }
    }

    private Tensor OfTokens(Tensor x)
    {
        var (n, t, d) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        switch (_random.Next(10))
        {
            case 0: return Note("linear", Linear(x));
            case 1: return Note("linear relu", Linear(x).Relu());
            case 2: return Note("layer_norm", LayerNorm(x));
            case 3 when d % 2 == 0:
                var w = Parameter(1 / Math.Sqrt(d), 3 * d, d);
                var heads = x.Linear(w).Reshape(n, t, 3, 2, d / 2).Permute(2, 0, 3, 1, 4);
                var z = heads.Select(0, 0).ScaledDotProductAttention(
                    heads.Select(0, 1), heads.Select(0, 2), isCausal: _random.Next(2) == 0);
                return Note("attention", x + z.Permute(0, 2, 1, 3).Reshape(n, t, d));
            case 4: return Note("mean 1", x.Mean(1));
            case 5: return Note("flatten", x.Reshape(n * t, d));
            case 6: return Note("bmm", x.MatMul(x.Transpose(1, 2)) * (1.0 / d));
            case 7: return Note("permute", x.Permute(1, 0, 2));
            case 8: return Note("recurrent", Recurrent(x));
            default: return Note("positions", x + Parameter(0.5, t, d));
        }
    }

    /// <summary>A layer over time: the first dimension.</summary>
    private Tensor Recurrent(Tensor x)
    {
        var (n, d, h) = (x.Shape[1], x.Shape[2], Any(5, 8, 16));
        var gates = Any(1, 3, 4);
        var y = x.Linear(
            Parameter(1 / Math.Sqrt(d), gates * h, d), Parameter(0.3, gates * h));
        var h0 = Tensor.Zeros(new Shape(n, h), _type);
        var w = Parameter(1 / Math.Sqrt(h), gates * h, h);
        var bias = Parameter(0.3, gates * h);
        return gates switch
        {
            1 => y.Rnn(h0, w, bias),
            3 => y.Gru(h0, w, bias),
            _ => y.Lstm(h0, h0, w, bias).H,
        };
    }

    private Tensor Conv(Tensor x)
    {
        var c = x.Shape[1];
        var kernel = Any(1, 3, 3, 3, 5);
        var groups = _random.Next(4) switch { 0 => (int)c, 1 when c % 2 == 0 => 2, _ => 1 };
        var wide = groups == 1 ? Any(4, 8, 16, 24, 32) : groups * Any(1, 2);
        var w = Parameter(
            1.5 / Math.Sqrt(c / groups * kernel * kernel), wide, c / groups, kernel, kernel);
        var bias = _random.Next(2) == 0 ? null : Parameter(0.3, wide);
        var stride = x.Shape[2] >= 5 && x.Shape[3] >= 5 ? Any(1, 1, 2) : 1;
        return x.Conv2d(w, bias, stride, kernel / 2, groups: groups);
    }

    private Tensor OfImages(Tensor x)
    {
        var (n, c, h, width) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        switch (_random.Next(19))
        {
            case 0: return Note("conv", Conv(x));
            case 1: return Note("conv relu", Conv(x).Relu());
            case 2: return Note("conv bn relu", BatchNorm(Conv(x)).Relu());
            case 3: return Note("conv bn relu6", BatchNorm(Conv(x)).Clamp(0, 6));
            case 4: return Note("bn relu", BatchNorm(x).Relu());
            case 5: return Note("bn", BatchNorm(x));
            case 6:
                var w = Parameter(0.5 / Math.Sqrt(c), c, c, 3, 3);
                return Note("residual", (BatchNorm(x.Conv2d(w, padding: 1)) + x).Relu());
            case 7 when h > 1 && width > 1: return Note("max_pool", x.MaxPool2d(2));
            case 8 when h > 2 && width > 2: return Note("max_pool 3", x.MaxPool2d(3, 2, 1));
            case 9 when h > 1 && width > 1: return Note("avg_pool", x.AvgPool2d(2));
            case 10: return Note("adaptive", x.AdaptiveAvgPool2d(new Size2d(2, 3)));
            case 11: return Note("group_norm", x.GroupNorm(c % 4 == 0 ? 4 : 1));
            case 12:
                var squeezed = x.Mean([2, 3]).Linear(Parameter(1 / Math.Sqrt(c), c, c)).Sigmoid();
                return Note("squeeze", x * squeezed.Reshape(n, c, 1, 1));
            case 13 when h < 9 && width < 9:
                return Note("conv_transpose", x.ConvTranspose2d(
                    Parameter(1 / Math.Sqrt(c), c, Any(4, 8), 4, 4), null, 2, 1));
            case 14:
                return Note("norm last", LayerNorm(x.Permute(0, 2, 3, 1)).Permute(0, 3, 1, 2));
            case 15: return Note("tokens", x.Flatten(2).Transpose(1, 2));
            case 16 when h > 3 && width > 3:
                return Note("conv max_pool", Conv(x).MaxPool2d(2));
            case 17 when h > 3 && width > 3:
                return Note("conv avg_pool", Conv(x).Sigmoid().AvgPool2d(2));
            default: return Note("global", x.Mean([2, 3]));
        }
    }
}
