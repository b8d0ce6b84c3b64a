// Trains and predicts without run-time code: publish it self-contained and trimmed, and it needs
// no .NET on the machine.
using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Formats;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Optim.Schedules;
using Nabla.Training;

Generator.ManualSeed(1);
var digits = DigitsSource.LoadAll();
var model = Network();
var trainer = new Trainer(
    model,
    Optimizers.All.Single(entry => entry.Name == "adamw").Create(model, 3e-3),
    new CrossEntropyLoss().Call,
    new TrainerOptions { Epochs = 6, Schedule = new CosineSchedule() });
trainer.Fit(new DataLoader(new ImageDataset(digits[..^360]), batchSize: 64, shuffle: true));

// Save, load into a new network, predict.
var file = Path.Combine(Path.GetTempPath(), $"nabla-{Environment.ProcessId}.safetensors");
SafetensorsFile.Save(file, model.StateDict());
var loaded = Network();
loaded.LoadStateDict(SafetensorsFile.Load(file));
File.Delete(file);
var (images, labels) = new DataLoader(new ImageDataset(digits[^360..]), batchSize: 360).First();
var guesses = GradMode.NoGrad(() => loaded.Eval().Call(images)).ArgMax(1);
var right = guesses.Eq(labels).ToArray<bool>().Count(hit => hit);
Console.WriteLine($"run-time code: {RuntimeFeature.IsDynamicCodeSupported}");
Console.WriteLine($"a {labels[0].Item<long>()} was taken for a {guesses[0].Item<long>()}");
Console.WriteLine($"test accuracy {right / 3.6:0.0}%");

static Sequential Network() => new(
    new Conv2d(1, 16, 3, padding: 1), new BatchNorm2d(16), new ReLU(), new MaxPool2d(2),
    new Flatten(), new Linear(16 * 4 * 4, 10));
