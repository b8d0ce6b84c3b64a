using System.Globalization;
using System.Text;

namespace Nabla.Tensors;

/// <summary>
/// Prints a tensor as NumPy prints an array: aligned columns, lines of at most 75 characters, and
/// of more than 1,000 elements only the three at each end of every dimension.
/// </summary>
internal sealed class TensorFormat
{
    private const int LineWidth = 75;
    private const int Threshold = 1000;
    private const int EdgeItems = 3;
    private const string Dots = "...";

    private readonly Tensor _x;
    private readonly bool _isShort;
    private readonly Func<double, string> _format;

    private TensorFormat(Tensor x)
    {
        _x = x;
        _isShort = x.Count > Threshold;
        var numbers = new List<double>();
        Visit([], numbers);
        _format = FormatOf(x.DType, numbers);
    }

    /// <summary>The text of a tensor.</summary>
    public static string Of(Tensor x)
    {
        if (x.IsSymbolic)
        {
            return $"a tensor of shape {x.Shape} and type {x.DType.Name} that has no value";
        }
        if (x.Count == 0)
        {
            return "[]";
        }
        if (x.Rank == 0)
        {
            return Scalar(x);
        }
        return new TensorFormat(x).Text([], " ", LineWidth);
    }

    private static string Scalar(Tensor x)
    {
        var value = x.Item<double>();
        return x.DType switch
        {
            DType.Bool => value != 0 ? "True" : "False",
            _ when x.DType.IsFloat => FloatFormat.Single(value, ShortestOf(x.DType)),
            _ => x.Item<long>().ToString(CultureInfo.InvariantCulture),
        };
    }

    private static Func<double, string> FormatOf(DType type, List<double> numbers)
    {
        if (type == DType.Bool)
        {
            return value => value != 0 ? " True" : "False";
        }
        if (type.IsFloat)
        {
            return new FloatFormat(numbers, ShortestOf(type)).Format;
        }
        var width = numbers.Max(value => Whole(value).Length);
        return value => Whole(value).PadLeft(width);
    }

    private static string Whole(double value) =>
        ((long)value).ToString(CultureInfo.InvariantCulture);

    private static Func<double, string> ShortestOf(DType type) => type switch
    {
        DType.Float64 => value => value.ToString("R", CultureInfo.InvariantCulture),
        DType.Float16 => value => ((Half)value).ToString(CultureInfo.InvariantCulture),
        _ => value => ((float)value).ToString("R", CultureInfo.InvariantCulture),
    };

    private bool IsCut(int axis) => _isShort && _x.Shape[axis] > 2 * EdgeItems;

    /// <summary>The positions along a dimension that are printed; −1 stands for the dots.</summary>
    private IEnumerable<long> Positions(int axis)
    {
        var length = _x.Shape.Dims[axis];
        if (!IsCut(axis))
        {
            for (var i = 0L; i < length; i++)
            {
                yield return i;
            }
            yield break;
        }
        for (var i = 0L; i < EdgeItems; i++)
        {
            yield return i;
        }
        yield return -1;
        for (var i = length - EdgeItems; i < length; i++)
        {
            yield return i;
        }
    }

    private void Visit(long[] index, List<double> numbers)
    {
        if (index.Length == _x.Rank)
        {
            numbers.Add(Read(index));
            return;
        }
        foreach (var i in Positions(index.Length))
        {
            if (i >= 0)
            {
                Visit([.. index, i], numbers);
            }
        }
    }

    private string Text(long[] index, string indent, int width)
    {
        var axis = index.Length;
        var inner = _x.Rank - axis - 1;
        var text = new StringBuilder();
        if (inner == 0)
        {
            AppendRow(text, index, indent, width - 1);
        }
        else
        {
            var isFirst = true;
            foreach (var i in Positions(axis))
            {
                if (!isFirst)
                {
                    text.Append('\n', inner).Append(indent);
                }
                isFirst = false;
                text.Append(i < 0 ? Dots : Text([.. index, i], indent + " ", width - 1));
            }
        }
        return $"[{text}]";
    }

    private void AppendRow(StringBuilder text, long[] index, string indent, int width)
    {
        var line = indent.Length;
        foreach (var i in Positions(index.Length))
        {
            var word = i < 0 ? Dots : _format(Read([.. index, i]));
            if (line > indent.Length && line + word.Length > width)
            {
                while (text[^1] == ' ')
                {
                    text.Length--;
                }
                text.Append('\n').Append(indent);
                line = indent.Length;
            }
            text.Append(word).Append(' ');
            line += word.Length + 1;
        }
        text.Length--;
    }

    private unsafe double Read(long[] index)
    {
        var offset = 0L;
        for (var i = 0; i < index.Length; i++)
        {
            offset += index[i] * _x.Strides[i];
        }
        var at = (byte*)_x.Pointer + (offset * _x.DType.Size);
        var value = _x.DType switch
        {
            DType.Float32 => *(float*)at,
            DType.Float64 => *(double*)at,
            DType.Int64 => *(long*)at,
            DType.Int32 => *(int*)at,
            DType.Float16 => (double)*(Half*)at,
            DType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)*(ushort*)at << 16),
            _ => *at,
        };
        GC.KeepAlive(_x);
        return value;
    }
}
