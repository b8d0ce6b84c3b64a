using Nabla.Models;
using Nabla.Nn;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>The rows of the table, in its order.</summary>
internal static class Workloads
{
    private const int Vocabulary = 64, Embedding = 128;

    /// <summary>
    /// The deep networks' learning rate. Twenty larger steps on one batch would blow the rounding
    /// of the first up to more than the losses that are compared.
    /// </summary>
    private const double Small = 1e-4;

    /// <summary>The same for a network of fifty layers.</summary>
    private const double Smaller = 1e-6;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<WorkloadEntry> All { get; } =
    [
        Row("gemm-1024", _ => new GemmWorkload(1024)),
        Row("gemm-2048", _ => new GemmWorkload(2048)),
        Row("mlp-256", name => Images(name, 256, 1, 28, () => new Mlp(), Sgd(0.1))),
        Row("mlp-32-adam", name => Images(name, 32, 1, 28, () => new Mlp(), Adam)),
        Row("mlp-32-adam-eager", name => Images(name, 32, 1, 28, () => new Mlp(), Adam)),
        Row("lenet-256", name => Images(name, 256, 1, 28, () => new LeNetSigmoid(), Sgd(0.1))),
        Row("lenet-256-eager",
            name => Images(name, 256, 1, 28, () => new LeNetSigmoid(), Sgd(0.1))),
        Row("resnet18-cifar-32",
            name => Images(name, 32, 3, 32, () => new ResNet18Cifar(), Sgd(Small))),
        Row("resnet18-96-32",
            name => Images(name, 32, 1, 96, () => new ResNet18Gray(), Sgd(Small))),
        Row("vgg11bn-64-16",
            name => Images(name, 16, 3, 64, () => new Vgg11Bn(10, dropout: 0), Sgd(Small))),
        Row("char-rnn", name => Rnn(name, 32, 64, 256)),
        Row("char-gru", name => Gru(name, 32, 64, 256)),
        Row("char-lstm", name => Lstm(name, 32, 64, 256)),
        Row("transformer-16x128", name => Transformer(name, 16, 128, 256)),
        Inference("infer-resnet18-1", "resnet18", 1),
        Inference("infer-resnet18-16", "resnet18", 16),
        Inference("infer-vgg11bn-1", "vgg11_bn", 1),
        Inference("infer-vgg11bn-16", "vgg11_bn", 16),
        Inference("infer-resnet50-1", "resnet50", 1),
        Inference("infer-resnet50-16", "resnet50", 16),
        Inference("infer-mobilenetv2-1", "mobilenet_v2", 1),
        Inference("infer-mobilenetv2-16", "mobilenet_v2", 16),
    ];

    /// <summary>Sizes near the table's: odd batches, images and widths must be as fast.</summary>
    public static IReadOnlyList<WorkloadEntry> Near { get; } =
    [
        Row("gemm-1000", _ => new GemmWorkload(1000)),
        Row("gemm-1900", _ => new GemmWorkload(1900)),
        Row("mlp-200", name => Images(name, 200, 1, 28, () => new Mlp(), Sgd(0.1))),
        Row("mlp-24-adam", name => Images(name, 24, 1, 28, () => new Mlp(), Adam)),
        Row("lenet-24", name => Images(name, 24, 1, 28, () => new LeNetSigmoid(), Sgd(0.1))),
        Row("resnet18-cifar-24x30",
            name => Images(name, 24, 3, 30, () => new ResNet18Cifar(), Sgd(Small))),
        Row("vgg11bn-12x72",
            name => Images(name, 12, 3, 72, () => new Vgg11Bn(10, dropout: 0), Sgd(Small))),
        Row("mobilenetv2-16x128",
            name => Images(name, 16, 3, 128, () => new MobileNetV2(dropout: 0), Sgd(Smaller))),
        Row("char-rnn-24x50x200", name => Rnn(name, 24, 50, 200)),
        Row("char-gru-24x50x200", name => Gru(name, 24, 50, 200)),
        Row("char-lstm-24x50x200", name => Lstm(name, 24, 50, 200)),
        Row("transformer-12x100x192", name => Transformer(name, 12, 100, 192)),
        Inference("infer-resnet18-3x192", "resnet18", 3, 192),
        Inference("infer-vgg11bn-3", "vgg11_bn", 3),
        Inference("infer-resnet50-3x192", "resnet50", 3, 192),
        Inference("infer-mobilenetv2-3x192", "mobilenet_v2", 3, 192),
    ];

    private static WorkloadEntry Row(string name, Func<string, Workload> make) =>
        new(name, PeerKind.PyTorch, () => make(name));

    private static WorkloadEntry Inference(
        string name, string model, int batch, int size = 224) =>
        new(name, PeerKind.OnnxRuntime, () => new InferenceWorkload(name, model, batch, size));

    private static TrainingWorkload Images(string name, int batch, int channels, int size,
        Func<Module<Tensor, Tensor>> make, Func<Module<Tensor, Tensor>, Optimizer> optimizer) =>
        new(name, name.EndsWith("-eager", StringComparison.Ordinal),
            BenchData.Images(batch, channels, size), make, optimizer);

    private static TrainingWorkload Rnn(string name, int sequences, int steps, int hidden) =>
        Characters(name, sequences, steps, hidden, 1,
            size => new CharRnn(Vocabulary, Embedding, size));

    private static TrainingWorkload Gru(string name, int sequences, int steps, int hidden) =>
        Characters(name, sequences, steps, hidden, 3,
            size => new CharGru(Vocabulary, Embedding, size));

    private static TrainingWorkload Lstm(string name, int sequences, int steps, int hidden) =>
        Characters(name, sequences, steps, hidden, 4,
            size => new CharLstm(Vocabulary, Embedding, size));

    private static TrainingWorkload Characters(string name, int sequences, int steps, int hidden,
        int gates, Func<int, Module<Tensor, Tensor>> make) =>
        new(name, eager: false, BenchData.Characters(steps, sequences, Vocabulary),
            () => make(hidden), Adam,
            // The products of a character: input and hidden state to gates, state to vocabulary.
            (double)steps * sequences
                * ((gates * hidden * (Embedding + hidden)) + (hidden * Vocabulary)));

    private static TrainingWorkload Transformer(string name, int batch, int tokens, int width)
    {
        const int Layers = 4, Heads = 4;
        var feedforward = 4 * width;
        return new TrainingWorkload(name, eager: false,
            BenchData.Characters(batch, tokens, Vocabulary),
            () => new TransformerLanguageModel(
                Vocabulary, tokens, width, Heads, feedforward, Layers, dropout: 0),
            model => new AdamW(model, 1e-3),
            // The products of a token: projections, feed-forward, scores and values of the half
            // that it sees, logits.
            (double)batch * tokens * ((Layers * width
                * ((4 * width) + (2 * feedforward) + tokens)) + (width * Vocabulary)));
    }

    private static Func<Module<Tensor, Tensor>, Optimizer> Sgd(double rate) =>
        model => new SGD(model, rate, momentum: 0.9);

    private static Optimizer Adam(Module<Tensor, Tensor> model) => new Adam(model, 1e-3);
}
