namespace Nabla.Cli.Tests;

/// <summary>A training of one epoch on the digits, shared by the tests that look at it.</summary>
public sealed class DigitsRun : IAsyncLifetime
{
    internal Cli Result { get; private set; } = null!;

    /// <summary>A folder that is gone when the tests are done.</summary>
    public string Temp { get; } = Directory.CreateTempSubdirectory("nabla-cli-").FullName;

    /// <summary>The run's folder.</summary>
    public string Folder => Path.Combine(Temp, "run");

    /// <inheritdoc/>
    public async Task InitializeAsync() => Result = await Cli.RunAsync(
        "train", "--epochs", "1", "--seed", "3", "--out", Folder, "--json");

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(Temp, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>Tests that share one training; they run one after the other.</summary>
[CollectionDefinition("digits")]
public sealed class DigitsCollection : ICollectionFixture<DigitsRun>;
