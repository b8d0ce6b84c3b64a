namespace Nabla.Models;

/// <summary>Look-up by name, with help for a name that does not exist.</summary>
public static class Names
{
    /// <summary>The entry of a name; case does not matter, hyphens and underscores are alike.
    /// </summary>
    /// <exception cref="ArgumentException">There is none; the message lists the near ones.
    /// </exception>
    public static T Find<T>(string kind, string name, IEnumerable<T> entries, Func<T, string> of)
    {
        var wanted = Plain(name);
        var all = entries.ToList();
        foreach (var entry in all)
        {
            if (Plain(of(entry)) == wanted)
            {
                return entry;
            }
        }
        var near = all.Select(of)
            .OrderBy(n => Distance(Plain(n), wanted)).ThenBy(n => n, StringComparer.Ordinal)
            .Where(n => Distance(Plain(n), wanted) <= Math.Max(2, wanted.Length / 2)).Take(3)
            .ToList();
        var known = string.Join(", ", all.Select(of).Order(StringComparer.Ordinal));
        throw new ArgumentException(near.Count > 0
            ? $"there is no {kind} '{name}'; did you mean {string.Join(" or ", near)}? "
                + $"(known: {known})"
            : $"there is no {kind} '{name}'; known: {known}");
    }

    /// <summary>Edits (insert, delete, replace) between two words (Levenshtein 1966).</summary>
    public static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }

    private static string Plain(string name) => name.ToLowerInvariant().Replace('_', '-');
}
