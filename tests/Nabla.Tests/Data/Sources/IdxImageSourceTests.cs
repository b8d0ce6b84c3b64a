using Nabla.Data.Sources;
using Nabla.Formats;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Data.Sources;

public sealed class IdxImageSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Data => _folder["mnist"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_four_files_become_training_and_test_images(bool compress)
    {
        IdxFolder.Write(Data, compress);
        var (train, test) = await LoadAsync();
        Assert.Equal((3, 1, 2, 2), (train.Count, train.Channels, train.Height, train.Width));
        Assert.Equal([5, 6, 7, 8], train.Image(1).ToArray());
        Assert.Equal([0, 1, 2], train.Labels);
        Assert.Equal([1, 0], test.Labels);
        Assert.Equal("7", test.Classes[7]);
    }

    [Fact]
    public async Task Images_of_four_dimensions_have_channels()
    {
        IdxFolder.Write(Data);
        IdxFolder.Write(Data, 0, [3, 3, 2, 2], new byte[36]);
        IdxFolder.Write(Data, 2, [2, 3, 2, 2], new byte[24]);
        Assert.Equal(3, (await LoadAsync()).Train.Channels);
    }

    [Theory]
    [InlineData(1, new[] { 2 }, "do not fit: 2 labels need as many images of 1×2×2")]
    [InlineData(1, new[] { 3, 1 }, "expected bytes, labels (N), but it holds uint8 (3, 1)")]
    [InlineData(0, new[] { 12 }, "expected bytes, images (N, H, W)")]
    [InlineData(0, new[] { 3, 1, 4 }, "hold images of different sizes")]
    public async Task Files_that_do_not_fit_are_named(int file, int[] shape, string says)
    {
        IdxFolder.Write(Data);
        var bytes = new byte[shape.Aggregate((a, b) => a * b)];
        var path = IdxFolder.Write(Data, file, shape, bytes);
        var e = await Assert.ThrowsAsync<InvalidDataException>(LoadAsync);
        Assert.Contains(path, e.Message);
        Assert.Contains(says, e.Message);
    }

    [Fact]
    public async Task Values_that_are_no_bytes_are_refused()
    {
        IdxFolder.Write(Data);
        IdxFolder.Write(Data, 1, [3], new byte[12], element: IdxElement.Int32);
        var e = await Assert.ThrowsAsync<InvalidDataException>(LoadAsync);
        Assert.Contains("it holds int32 (3)", e.Message);
    }

    [Fact]
    public async Task A_label_without_a_class_is_named()
    {
        IdxFolder.Write(Data);
        IdxFolder.Write(Data, 3, [2], [1, 10]);
        var e = await Assert.ThrowsAsync<InvalidDataException>(LoadAsync);
        Assert.Contains("Label 1 is 10, but the 10 classes", e.Message);
    }

    private Task<ImageSplits> LoadAsync() => new MnistSource().LoadAsync(
        new DataLocator(name => name == "NABLA_DATA" ? _folder.Path : null));
}
