using Nabla.Autograd;
using Nabla.Data;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Optim.Schedules;
using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Tests.Training;

/// <summary>A small network with noise, a buffer and 40 samples of 2 classes: 10 steps an epoch.
/// </summary>
internal sealed class TinyRun
{
    public TinyRun(TrainerOptions options, params Callback[] callbacks)
        : this(new TinyModel(), options, callbacks)
    {
    }

    public TinyRun(TinyModel model, TrainerOptions options, params Callback[] callbacks)
    {
        Model = model;
        Optimizer = new Adam(Model, 0.02);
        Trainer = new Trainer(Model, Optimizer, Loss,
            options with { Schedule = new CosineSchedule(warmUp: 0.5) }, callbacks);
    }

    public TinyModel Model { get; }

    public Adam Optimizer { get; }

    public Trainer Trainer { get; }

    public static DataLoader Data(int workers = 0, int batch = 4) =>
        new(Samples(40, 0), batch, shuffle: true, seed: 3, workers: workers);

    public static DataLoader Validation() => new(Samples(12, 1), 5);

    public float[] Weights() =>
        [.. Model.StateDict().Values.SelectMany(t => t.ToArray<float>())];

    public static Tensor Loss(Tensor prediction, Tensor target)
    {
        var classes = Tensor.From(0L, 1L).Reshape(1, 2);
        var wanted = target.Reshape(-1, 1).Eq(classes).To(DType.Float32);
        return (prediction - wanted).Square().Mean();
    }

    private static TensorDataset Samples(int count, int seed)
    {
        var random = new Random(seed);
        var x = new float[count * 3];
        var y = new long[count];
        for (var i = 0; i < count; i++)
        {
            y[i] = random.Next(2);
            for (var j = 0; j < 3; j++)
            {
                x[(3 * i) + j] = (float)random.NextDouble() + (j == 1 ? y[i] : 0);
            }
        }
        return new TensorDataset(Tensor.From(x, new Shape(count, 3)), Tensor.From(y));
    }
}

/// <summary>Two linear maps with noise between them when training, and a running mean.</summary>
internal sealed class TinyModel : Module<Tensor, Tensor>
{
    private readonly Parameter _first = Weight(3, 6);
    private readonly Parameter _second = Weight(6, 2);
    private readonly ModuleBuffer _mean = new(Tensor.Zeros(6));

    protected override Tensor Forward(Tensor x)
    {
        var hidden = x.MatMul(_first).Sigmoid();
        if (IsTraining)
        {
            hidden = hidden * (Tensor.Rand(hidden.Shape) + 0.5);
            GradMode.NoGrad(() => _mean.Assign(
                (_mean * 0.9) + (hidden.Mean(0) * 0.1)));
        }
        return hidden.MatMul(_second) + _mean.Sum();
    }

    private static Parameter Weight(int rows, int columns) => new(Tensor.From(
        [.. Enumerable.Range(0, rows * columns).Select(i => MathF.Sin(i + rows))],
        new Shape(rows, columns)));
}
