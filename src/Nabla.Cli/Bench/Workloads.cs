using Nabla.Models;
using Nabla.Nn;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Cli.Bench;

/// <summary>The rows of the table, in its order.</summary>
internal static class Workloads
{
    private const int Steps = 64, Sequences = 32, Vocabulary = 64, Embedding = 128, Hidden = 256;

    /// <summary>
    /// The deep networks' learning rate. Twenty larger steps on one batch would blow the rounding
    /// of the first up to more than the losses that are compared.
    /// </summary>
    private const double Small = 1e-4;

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
        Row("char-rnn", name => Characters(name, 1, () => new CharRnn(Vocabulary, Embedding))),
        Row("char-gru", name => Characters(name, 3, () => new CharGru(Vocabulary, Embedding))),
        Row("char-lstm", name => Characters(name, 4, () => new CharLstm(Vocabulary, Embedding))),
        Row("transformer-16x128", Transformer),
        Inference("infer-resnet18-1", "resnet18", 1),
        Inference("infer-resnet18-16", "resnet18", 16),
        Inference("infer-vgg11bn-1", "vgg11_bn", 1),
        Inference("infer-vgg11bn-16", "vgg11_bn", 16),
        Inference("infer-resnet50-1", "resnet50", 1),
        Inference("infer-resnet50-16", "resnet50", 16),
        Inference("infer-mobilenetv2-1", "mobilenet_v2", 1),
        Inference("infer-mobilenetv2-16", "mobilenet_v2", 16),
    ];

    private static WorkloadEntry Row(string name, Func<string, Workload> make) =>
        new(name, PeerKind.PyTorch, () => make(name));

    private static WorkloadEntry Inference(string name, string model, int batch) =>
        new(name, PeerKind.OnnxRuntime, () => new InferenceWorkload(name, model, batch));

    private static TrainingWorkload Images(string name, int batch, int channels, int size,
        Func<Module<Tensor, Tensor>> make, Func<Module<Tensor, Tensor>, Optimizer> optimizer) =>
        new(name, name.EndsWith("-eager", StringComparison.Ordinal),
            BenchData.Images(batch, channels, size), make, optimizer);

    private static TrainingWorkload Characters(
        string name, int gates, Func<Module<Tensor, Tensor>> make) =>
        new(name, eager: false, BenchData.Characters(Steps, Sequences, Vocabulary), make, Adam,
            // The products of a character: input and hidden state to gates, state to vocabulary.
            (double)Steps * Sequences
                * ((gates * Hidden * (Embedding + Hidden)) + (Hidden * Vocabulary)));

    private static TrainingWorkload Transformer(string name)
    {
        const int Batch = 16, Tokens = 128, Width = 256, Feedforward = 1024, Layers = 4;
        var data = BenchData.Characters(Batch, Tokens, Vocabulary);
        return new TrainingWorkload(name, eager: false, data,
            () => new TransformerLanguageModel(
                Vocabulary, Tokens, Width, 4, Feedforward, Layers, dropout: 0),
            model => new AdamW(model, 1e-3),
            // The products of a token: projections, feed-forward, scores and values of the half
            // that it sees, logits.
            (double)Batch * Tokens * ((Layers * Width
                * ((4 * Width) + (2 * Feedforward) + Tokens)) + (Width * Vocabulary)));
    }

    private static Func<Module<Tensor, Tensor>, Optimizer> Sgd(double rate) =>
        model => new SGD(model, rate, momentum: 0.9);

    private static Optimizer Adam(Module<Tensor, Tensor> model) => new Adam(model, 1e-3);
}
