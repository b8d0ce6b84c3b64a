using System.Text;

namespace Nabla.Nn;

/// <summary>PyTorch's names from C#'s.</summary>
internal static class SnakeCase
{
    /// <summary>
    /// The name of a field in snake_case: <c>_fc1</c> → fc1, <c>Layer1</c> → layer1,
    /// <c>RunningMean</c> → running_mean, <c>inProjWeightIH</c> → in_proj_weight_ih,
    /// <c>Conv2D</c> → conv2d. Names that the compiler made (of auto-properties and of captured
    /// primary-constructor parameters) count as what they were made of.
    /// </summary>
    public static string Of(string field)
    {
        var name = Source(field).TrimStart('_');
        var snake = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && StartsWord(name, i))
            {
                snake.Append('_');
            }
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    /// <summary>The name in the source: <c>&lt;Weight&gt;k__BackingField</c> → Weight.</summary>
    public static string Source(string field) =>
        field.Length > 0 && field[0] == '<' && field.IndexOf('>') is > 1 and var end
            ? field[1..end]
            : field;

    private static bool StartsWord(string name, int i)
    {
        if (!char.IsUpper(name[i]) || name[i - 1] == '_')
        {
            return false;
        }
        // In "HTTPServer" the S starts a word; in "weightIH" the H does not.
        return char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
    }
}
