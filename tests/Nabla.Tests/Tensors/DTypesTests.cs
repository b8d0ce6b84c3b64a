using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class DTypesTests
{
    [Theory]
    [InlineData(DType.Float32, 4, true, false)]
    [InlineData(DType.Float64, 8, true, false)]
    [InlineData(DType.Float16, 2, true, false)]
    [InlineData(DType.BFloat16, 2, true, false)]
    [InlineData(DType.Int64, 8, false, true)]
    [InlineData(DType.Int32, 4, false, true)]
    [InlineData(DType.UInt8, 1, false, true)]
    [InlineData(DType.Bool, 1, false, false)]
    public void Each_type_has_a_size_and_a_kind(DType type, int size, bool isFloat, bool isInteger)
    {
        Assert.Equal(size, type.Size);
        Assert.Equal(isFloat, type.IsFloat);
        Assert.Equal(isInteger, type.IsInteger);
    }

    [Fact]
    public void Each_type_has_the_name_that_numpy_and_pytorch_give_it()
    {
        var names = Enum.GetValues<DType>().Select(type => type.Name);
        Assert.Equal(["float32", "float64", "int64", "int32", "uint8", "bool", "float16",
            "bfloat16"], names);
        Assert.Equal("DType(99)", ((DType)99).Name);
    }

    [Fact]
    public void Sixteen_bit_floats_compute_in_float32()
    {
        Assert.Equal(DType.Float32, DType.Float16.Compute);
        Assert.Equal(DType.Float32, DType.BFloat16.Compute);
        Assert.Equal(DType.Float64, DType.Float64.Compute);
        Assert.Equal(DType.UInt8, DType.UInt8.Compute);
    }

    [Fact]
    public void Csharp_types_have_element_types()
    {
        Assert.Equal(DType.Float32, DTypes.Of<float>());
        Assert.Equal(DType.Float64, DTypes.Of<double>());
        Assert.Equal(DType.Float16, DTypes.Of<Half>());
        Assert.Equal(DType.BFloat16, DTypes.Of<BFloat16>());
        Assert.Equal(DType.Int64, DTypes.Of<long>());
        Assert.Equal(DType.Int32, DTypes.Of<int>());
        Assert.Equal(DType.UInt8, DTypes.Of<byte>());
        Assert.Equal(DType.Bool, DTypes.Of<bool>());
        var error = Assert.Throws<ArgumentException>(() => DTypes.Of<decimal>());
        Assert.Contains("Decimal; use float", error.Message);
    }
}
