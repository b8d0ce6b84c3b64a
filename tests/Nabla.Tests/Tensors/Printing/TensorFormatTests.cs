using System.Globalization;
using System.Text.Json;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Tensors.Printing;

/// <summary>Expected texts are NumPy's own, written by <c>make.py</c> beside this file.</summary>
public class TensorFormatTests
{
    private sealed record Printed(string Type, long[] Shape, string[] Values, string Text);

    private static readonly Printed[] All = JsonSerializer.Deserialize<Printed[]>(
        Repository.Read("tests/Nabla.Tests/Tensors/Printing/numpy.json"),
        new JsonSerializerOptions { PropertyNameCaseInsensitive = true })!;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_tensor_is_printed_as_NumPy_prints_it(int number)
    {
        var its = All[number];
        var shape = new Shape(its.Shape);
        // Long ones are 0, ¼, ½ …
        var values = its.Values.Length == 0
            ? Tensor.Arange(shape.Count).To(DType.Float64) * 0.25
            : Tensor.From(its.Values.Select(Parse).ToArray());
        var x = values.To(Enum.Parse<DType>(its.Type)).Reshape(shape);
        Assert.Equal(its.Text, x.ToString());
    }

    [Fact]
    public void A_view_is_printed_in_its_own_order() => Assert.Equal(
        "[[0 3]\n [1 4]\n [2 5]]", Tensor.Arange(6).Reshape(2, 3).Transpose().ToString());

    [Fact]
    public void What_has_no_value_says_so_and_breaks_no_graph()
    {
        var text = "";
        Capture.Trace(x =>
        {
            text = $"{x[0]}";
            return [x[0] + 1];
        }, Tensor.Zeros(2, 3));
        Assert.Equal("a tensor of shape (2, 3) and type float32 that has no value", text);
    }

    private static double Parse(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
